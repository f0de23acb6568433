/* rule_unknown_state.c - a state that is none. */

#include "config.h"

#include "validate/rule_unknown_state.h"
#include "validate/say.h"
#include "validate/settings.h"

static int
breaks(const struct rule_case *c, int64_t *price)
{
	*price = rule_whole(c);
	return !c->known_state;
}

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_puts(b, " is in state \"");
	names_put_state(c->names, c->record->state, b);
	buf_puts(b, "\", which is not among --states; map it in the profile");
}

static const struct rule_parameter parameters[] = {
	{ .name = "states",
	    .option = "--states",
	    .line =
		"states that are known, Working, Idle and Moving if not said",
	    .value = RULE_VALUE_WORDS,
	    .at = offsetof(struct settings, states) },
	{ 0 },
};

const struct rule rule_unknown_state = {
	.code = "unknown-state",
	.severity = SEVERITY_ERROR,
	.line = "a state that is not among --states",
	.reason = "The import takes any word; what it does not know is lost in "
		  "the reports of those who look for it.",
	.remedy = "Map the word in the profile (states), or name it with "
		  "--states. Words are compared letter by letter: working is "
		  "not Working.",
	.example = "EX-1 08:00-09:00 Dancing",
	.options = "",
	.parameters = parameters,
	.breaks = breaks,
	.tell = tell,
};
