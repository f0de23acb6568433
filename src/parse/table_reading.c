/* table_reading.c - rows that say what a machine's counters and engine show. */

#include "config.h"

#include "parse/table_reading.h"

static const struct counter_field {
	enum profile_key key;
	enum evidence_kind kind;
} counters[] = {
	{ PROFILE_OPERATING, EVIDENCE_OPERATING },
	{ PROFILE_IDLE, EVIDENCE_IDLE },
	{ PROFILE_MOVING, EVIDENCE_MOVING },
};

/* What a row says: a value for each kind that it has. */
struct said {
	enum evidence_kind kind[EVIDENCE_EVENT];
	int64_t value[EVIDENCE_EVENT];
	size_t count;
};

static void
add(struct said *said, enum evidence_kind kind, int64_t value)
{
	said->kind[said->count] = kind;
	said->value[said->count++] = value;
}

/* 0, or -1 with the row's problem. */
static int
read_counter(
    struct table_reader *r, const struct counter_field *f, struct said *said)
{
	const struct profile_field *field = table_field(r, f->key);
	const char *name = profile_key_name(f->key);
	int64_t ms;

	if (values_get(r->values, field).len == 0)
		return 0;
	if (values_duration(r->values, field, name, &ms, &r->problem) != 0)
		return -1;
	if (ms < 0) {
		problem_set(
		    &r->problem, "bad-number", SEVERITY_ERROR, NULL, 0, 0);
		buf_printf(&r->problem.text, "%s is less than nothing", name);
		return -1;
	}
	add(said, f->kind, ms);
	return 0;
}

static int
is_one_of(char *const words[], size_t n, struct rows_cell c)
{
	for (size_t i = 0; i < n; i++)
		if (vocabulary_equals(words[i], c.s, c.len))
			return 1;
	return 0;
}

static int
read_status(struct table_reader *r, struct said *said)
{
	const struct profile *p = r->profile;
	struct rows_cell c = values_get(r->values, table_field(r, PROFILE_ON));
	int is_on;

	if (c.len == 0)
		return 0;
	is_on = is_one_of(p->on_words, p->on_count, c);
	if (!is_on && !is_one_of(p->off_words, p->off_count, c)) {
		problem_set(
		    &r->problem, "bad-status", SEVERITY_ERROR, NULL, 0, 0);
		buf_printf(&r->problem.text,
		    "running '%.*s' is neither true nor false; the field "
		    "\"running\" may list more words for both",
		    (int)(c.len < 60 ? c.len : 60), c.s);
		return -1;
	}
	add(said, EVIDENCE_RUNNING, is_on);
	return 0;
}

static int
read_values(struct table_reader *r, struct said *said)
{
	for (size_t i = 0; i < sizeof counters / sizeof counters[0]; i++)
		if (read_counter(r, &counters[i], said) != 0)
			return -1;
	return read_status(r, said);
}

static void
put(struct table_reader *r, const struct said *said, int64_t time,
    struct rows_cell machine)
{
	struct evidence_reading reading = { .time = time,
		.snapshot = INSTANT_NONE,
		.line = table_line(r),
		.file = r->file,
		.series = 1 };

	reading.machine =
	    evidence_machine(r->to->evidence, machine.s, machine.len);
	reading.ids = evidence_ids(r->to->evidence,
	    table_id(r, PROFILE_COMPANY, &r->company),
	    table_id(r, PROFILE_PROJECT, &r->project));
	for (size_t i = 0; i < said->count; i++) {
		reading.kind = (uint8_t)said->kind[i];
		reading.value = said->value[i];
		if (evidence_put(r->to->evidence, &reading) != 0)
			r->failed = 1;
	}
}

void
table_reading_row(struct table_reader *r)
{
	struct said said = { .count = 0 };
	struct values_time time;
	struct rows_cell machine;
	int64_t ms;

	if (read_values(r, &said) != 0) {
		table_reject(r);
		return;
	}
	if (said.count == 0) {
		r->to->tally->skipped++;
		return;
	}
	if (values_time(r->values, table_field(r, PROFILE_TIME), "time", &time,
		&r->problem) != 0 ||
	    values_instant(r->values, &time, &ms, &r->problem) != 0) {
		table_reject(r);
		return;
	}
	machine = table_machine(r);
	if (!table_names(r, machine))
		return;
	table_leaps(r, time.is_leap);
	put(r, &said, ms, machine);
	r->to->tally->used++;
}
