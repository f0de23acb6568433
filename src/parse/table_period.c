/* table_period.c - rows of periods. */

#include "config.h"

#include "parse/table_period.h"
#include "parse/when.h"

/* The row that a period comes from. */
static void
explain_row(struct table_reader *r)
{
	struct rows_cell c =
	    values_get(r->values, table_field(r, PROFILE_STATE));
	size_t len;
	const char *raw = r->rows.kind->raw(r->rows.self, &len);

	explain_because(r->to->explain, r->to->names, r->file, table_line(r),
	    "the row, in which '%.*s' is mapped to the state: %.*s",
	    (int)(c.len < 60 ? c.len : 60), c.s, (int)(len < 200 ? len : 200),
	    raw);
}

static void
hand_over(struct table_reader *r, const struct emit_period *period)
{
	switch (emit_period(r->to->emit, period, &r->problem)) {
	case EMIT_USED:
		r->to->tally->used++;
		break;
	case EMIT_SKIPPED:
		r->to->tally->skipped++;
		break;
	case EMIT_REJECTED:
		table_reject(r);
		break;
	}
}

static void
any_row(struct table_reader *r)
{
	struct emit_period period = { .file = r->file, .line = table_line(r) };
	struct rows_cell machine;
	int says = table_saying(r, &period.state), leaps;

	if (says == VOCABULARY_UNKNOWN) {
		table_reject(r);
		return;
	}
	if (says != PROFILE_STATE_WORD) {
		r->to->tally->skipped++;
		return;
	}
	if (when_read(r->values, r->profile, &period.start, &period.end, &leaps,
		&r->problem) != 0) {
		table_reject(r);
		return;
	}
	table_leaps(r, leaps);
	if (r->to->explain != NULL)
		explain_row(r);
	period.company = table_id(r, PROFILE_COMPANY, &r->company);
	period.project = table_id(r, PROFILE_PROJECT, &r->project);
	machine = values_get(r->values, table_field(r, PROFILE_MACHINE));
	if (table_may_be_rounded(machine) && !table_names(r, machine))
		return;
	period.id = machine.s;
	period.id_len = machine.len;
	if (r->rows.kind->origin != NULL)
		r->rows.kind->origin(r->rows.self, r->to->names, &period);
	hand_over(r, &period);
}

/* Whether the field ${key} stands in one column, which is *${column}. */
static int
in_column(const struct table_reader *r, enum profile_key key, size_t *column)
{
	const struct profile_field *f = table_field(r, key);

	if (f->kind != PROFILE_COLUMNS || f->count != 1)
		return 0;
	*column = f->column[0].index;
	return 1;
}

/* The same of a time in a zone that all rows have. */
static int
in_zone(const struct table_reader *r, enum profile_key key, size_t *column,
    const struct zone **zone)
{
	const struct profile_field *f = table_field(r, key);

	*zone = f->zone != NULL ? f->zone : r->profile->zone;
	return in_column(r, key, column) && f->zone_from == NULL &&
	       *zone != NULL;
}

void
table_period_begin(struct table_reader *r)
{
	const struct profile *p = r->profile;
	struct table_plain *plain = &r->plain;
	static const enum profile_key others[] = { PROFILE_COMPANY,
		PROFILE_PROJECT, PROFILE_MINUS };

	plain->is_so =
	    p->rows == PROFILE_PERIOD && p->null_count == 0 && !p->next_day &&
	    r->rows.kind->origin == NULL && r->to->explain == NULL &&
	    in_column(r, PROFILE_MACHINE, &plain->machine) &&
	    in_column(r, PROFILE_STATE, &plain->state) &&
	    in_zone(r, PROFILE_START, &plain->start, &plain->start_zone) &&
	    in_zone(r, PROFILE_END, &plain->end, &plain->end_zone);
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (table_field(r, others[i])->kind != PROFILE_ABSENT)
			plain->is_so = 0;
}

/* A row that is one as most are: as any_row takes it, at a third of the cost.
 * False, with nothing done, for any other. */
static int
plain_row(struct table_reader *r, const struct rows_cell *cells)
{
	struct table_plain *plain = &r->plain;
	const struct rows_cell *start = &cells[plain->start];
	const struct rows_cell *end = &cells[plain->end];
	const struct rows_cell *state = &cells[plain->state];
	const struct rows_cell *machine = &cells[plain->machine];
	const struct timefix *fix = timefmt_fixed(values_timefmt(r->values));
	struct record record = { .file = r->file };

	if (fix == NULL ||
	    !stamp_read(&plain->stamp, fix, plain->start_zone, start->s,
		start->len, &record.start) ||
	    !stamp_read(&plain->stamp, fix, plain->end_zone, end->s, end->len,
		&record.end) ||
	    record.end < record.start ||
	    !vocabulary_knows(r->words, state->s, state->len, &record.state))
		return 0;
	record.line = table_line(r);
	/* A machine that was met before was looked at then. */
	if (!emit_plain(r->to->emit, machine->s, machine->len, &record))
		return 0;
	r->to->tally->used++;
	return 1;
}

void
table_period_row(struct table_reader *r, const struct rows_cell *cells)
{
	if (!r->plain.is_so || !plain_row(r, cells))
		any_row(r);
}
