/* rule.c - the catalogue: what a stream of periods is held to. */

#include "config.h"

#include <string.h>

#include "validate/rule.h"
#include "validate/rule_adjacent.h"
#include "validate/rule_conflict.h"
#include "validate/rule_contained.h"
#include "validate/rule_copied_machine.h"
#include "validate/rule_dst_shift.h"
#include "validate/rule_duplicate.h"
#include "validate/rule_estimated.h"
#include "validate/rule_export_cut.h"
#include "validate/rule_flicker.h"
#include "validate/rule_frozen_clock.h"
#include "validate/rule_future.h"
#include "validate/rule_gap.h"
#include "validate/rule_illegal_transition.h"
#include "validate/rule_line.h"
#include "validate/rule_midnight_cut.h"
#include "validate/rule_near_miss_machine.h"
#include "validate/rule_negative.h"
#include "validate/rule_off_hours.h"
#include "validate/rule_overlap.h"
#include "validate/rule_provider_outage.h"
#include "validate/rule_too_long.h"
#include "validate/rule_too_old.h"
#include "validate/rule_too_short.h"
#include "validate/rule_two_projects.h"
#include "validate/rule_unknown_machine.h"
#include "validate/rule_unknown_state.h"
#include "validate/rule_zero_length.h"
#include "validate/rule_zone_shift.h"
#include "json/json_write.h"

static const struct rule *const rules[RULE_LINES] = {
	[RULE_DUPLICATE] = &rule_duplicate,
	[RULE_CONFLICT] = &rule_conflict,
	[RULE_CONTAINED] = &rule_contained,
	[RULE_OVERLAP] = &rule_overlap,
	[RULE_GAP] = &rule_gap,
	[RULE_ADJACENT] = &rule_adjacent,
	[RULE_ILLEGAL_TRANSITION] = &rule_illegal_transition,
	[RULE_FLICKER] = &rule_flicker,
	[RULE_ZERO_LENGTH] = &rule_zero_length,
	[RULE_NEGATIVE] = &rule_negative,
	[RULE_TOO_SHORT] = &rule_too_short,
	[RULE_TOO_LONG] = &rule_too_long,
	[RULE_FUTURE] = &rule_future,
	[RULE_TOO_OLD] = &rule_too_old,
	[RULE_UNKNOWN_STATE] = &rule_unknown_state,
	[RULE_UNKNOWN_MACHINE] = &rule_unknown_machine,
	[RULE_NEAR_MISS_MACHINE] = &rule_near_miss_machine,
	[RULE_TWO_PROJECTS] = &rule_two_projects,
	[RULE_COPIED_MACHINE] = &rule_copied_machine,
	[RULE_ESTIMATED] = &rule_estimated,
	[RULE_PROVIDER_OUTAGE] = &rule_provider_outage,
	[RULE_MIDNIGHT_CUT] = &rule_midnight_cut,
	[RULE_DST_SHIFT] = &rule_dst_shift,
	[RULE_ZONE_SHIFT] = &rule_zone_shift,
	[RULE_FROZEN_CLOCK] = &rule_frozen_clock,
	[RULE_EXPORT_CUT] = &rule_export_cut,
	[RULE_OFF_HOURS] = &rule_off_hours,
};

const struct rule *
rule_at(unsigned id)
{
	return id < RULE_LINES ? rules[id] : &rule_line[id - RULE_LINES];
}

unsigned
rule_find(const char *code)
{
	unsigned id = 0;

	while (id < RULE_COUNT && strcmp(rule_at(id)->code, code) != 0)
		id++;
	return id;
}

int
rule_is_of_two(unsigned id)
{
	return id < RULE_ALONE || id == RULE_TWO_PROJECTS ||
	       id == RULE_COPIED_MACHINE;
}

int
rule_needs_whole(unsigned id)
{
	return rule_at(id)->needs_whole ||
	       (id >= RULE_CAUSES && id < RULE_LINES);
}

static void
put(struct out *out, const char *s)
{
	out_put(out, s, strlen(s));
}

void
rule_list(struct out *out)
{
	for (unsigned id = 0; id < RULE_COUNT; id++) {
		const struct rule *rule = rule_at(id);

		put(out, rule->code);
		put(out, "\t");
		put(out, rule->optional ? "off, " : "");
		put(out, problem_word(rule->severity));
		put(out, "\t");
		put(out, rule->line);
		put(out, "\n");
	}
}

static void
write_words(struct json_write *w, const char *const *words)
{
	if (words == NULL)
		return;
	json_write_key(w, "words");
	json_write_array(w);
	for (; *words != NULL; words++)
		json_write_text(w, *words);
	json_write_end(w);
}

static void
write_parameters(struct json_write *w, const struct rule *rule)
{
	static const char *const words[] = {
		[RULE_VALUE_LENGTH] = "length",
		[RULE_VALUE_TIME] = "time",
		[RULE_VALUE_COUNT] = "count",
		[RULE_VALUE_TRUTH] = "truth",
		[RULE_VALUE_WORD] = "word",
		[RULE_VALUE_WORDS] = "words",
		[RULE_VALUE_TABLE] = "table",
	};
	const struct rule_parameter *p = rule->parameters;

	json_write_key(w, "parameters");
	json_write_array(w);
	for (; p != NULL && p->name != NULL; p++) {
		json_write_object(w);
		json_write_member(w, "name", p->name);
		json_write_member(w, "value", words[p->value]);
		if (p->option != NULL)
			json_write_member(w, "option", p->option);
		json_write_member(w, "line", p->line);
		write_words(w, p->words);
		json_write_end(w);
	}
	json_write_end(w);
}

static const char *
about(unsigned id)
{
	return id >= RULE_LINES	   ? "line"
	       : id >= RULE_CAUSES ? "fleet"
				   : "period";
}

void
rule_list_json(struct out *out)
{
	struct json_write *w = json_write_new(0);
	size_t len;

	for (unsigned id = 0; id < RULE_COUNT; id++) {
		const struct rule *rule = rule_at(id);
		const char *text;

		json_write_object(w);
		json_write_member(w, "code", rule->code);
		json_write_member(w, "severity", problem_word(rule->severity));
		json_write_key(w, "optional");
		json_write_bool(w, rule->optional);
		json_write_member(w, "about", about(id));
		json_write_member(w, "line", rule->line);
		json_write_member(w, "reason", rule->reason);
		json_write_member(w, "remedy", rule->remedy);
		json_write_member(w, "example", rule->example);
		json_write_member(w, "options", rule->options);
		write_parameters(w, rule);
		json_write_end(w);
		put(out, id == 0 ? "[\n" : ",\n");
		text = json_write_take(w, &len);
		out_put(out, text, len);
	}
	put(out, "\n]\n");
	json_write_free(w);
}

static void
put_option(
    struct out *out, const struct rule *rule, const struct rule_parameter *p)
{
	if (p->option != NULL) {
		put(out, p->option);
		return;
	}
	if (p->value == RULE_VALUE_TABLE) {
		put(out, "in a rules file");
		return;
	}
	put(out, "--rule ");
	put(out, rule->code);
	put(out, ".");
	put(out, p->name);
	put(out, "=");
}

void
rule_explain(struct out *out, unsigned id)
{
	const struct rule *rule = rule_at(id);
	const struct rule_parameter *p;

	put(out, rule->code);
	put(out, " (");
	put(out, rule->optional ? "off, " : "");
	put(out, problem_word(rule->severity));
	put(out, "): ");
	put(out, rule->line);
	put(out, "\n\nWhy: ");
	put(out, rule->reason);
	put(out, "\nWhat to do: ");
	put(out, rule->remedy);
	if (rule->needs_whole)
		put(out, "\nIt needs all of the input: not with --sorted.");
	put(out, "\nExample: ");
	put(out, rule->example);
	if (*rule->options != '\0') {
		put(out, " (with ");
		put(out, rule->options);
		put(out, ")");
	}
	put(out, "\n");
	for (p = rule->parameters; p != NULL && p->name != NULL; p++) {
		put(out, "Parameter ");
		put(out, p->name);
		put(out, " (");
		put_option(out, rule, p);
		put(out, "): ");
		put(out, p->line);
		put(out, "\n");
	}
}
