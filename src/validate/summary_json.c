/* summary_json.c - hours as one JSON object. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/msg.h"
#include "validate/summary_json.h"
#include "json/json_write.h"

static void
put_part(struct json_write *w, const struct daily *d, const char *key,
    uint32_t owner, enum names_part part)
{
	struct buf b = { 0 };

	names_put_part(daily_names(d), owner, part, &b);
	json_write_key(w, key);
	json_write_string(w, buf_text(&b), b.len);
	buf_free(&b);
}

static void
put_sum(struct json_write *w, const struct daily_sum *sum)
{
	char text[INSTANT_TEXT];

	json_write_member_uint(w, "periods", sum->periods);
	json_write_member_hours(w, "hours", daily_seconds(sum));
	json_write_member_hours(w, "statedHours", sum->by_basis[RECORD_STATED]);
	json_write_member_hours(
	    w, "derivedHours", sum->by_basis[RECORD_DERIVED]);
	json_write_member_hours(
	    w, "estimatedHours", sum->by_basis[RECORD_ESTIMATED]);
	json_write_member_hours(w, "overlapHours", sum->overlap);
	json_write_member_hours(w, "coveredHours", daily_covered(sum));
	if (sum->first < sum->last) {
		json_write_member(
		    w, "firstStart", instant_text(text, sum->first));
		json_write_member(w, "lastEnd", instant_text(text, sum->last));
	}
	json_write_member_uint(w, "withheldPeriods", sum->withheld_count);
	json_write_member_hours(w, "withheldHours", sum->withheld);
}

/* The part of ${seconds} that is covered; nothing is covered of nothing. */
static void
put_coverage(struct json_write *w, const struct daily_sum *sum, int64_t seconds)
{
	char text[32];
	int64_t covered = daily_covered(sum);
	int64_t parts =
	    seconds <= 0
		? 0
		: (int64_t)((double)covered * 10000 / (double)seconds + 0.5);

	snprintf(text, sizeof text, "%d.%04d", (int)(parts / 10000),
	    (int)(parts % 10000));
	json_write_key(w, "coverage");
	json_write_number(w, text);
}

static void
put_states(struct json_write *w, const struct daily *d,
    const struct daily_cell *cell, size_t count)
{
	size_t n;
	struct daily_cell *of = summary_states(d, cell, count, &n);
	struct buf b = { 0 };

	json_write_key(w, "states");
	json_write_array(w);
	for (size_t i = 0; i < n; i++) {
		json_write_object(w);
		buf_clear(&b);
		names_put_state(daily_names(d), of[i].state, &b);
		json_write_key(w, "state");
		json_write_string(w, buf_text(&b), b.len);
		put_sum(w, &of[i].sum);
		json_write_end(w);
	}
	json_write_end(w);
	buf_free(&b);
	free(of);
}

static void
put_days(struct json_write *w, const struct daily *d,
    const struct daily_cell *cell, size_t count)
{
	json_write_key(w, "days");
	json_write_array(w);
	for (size_t n; count > 0; cell += n, count -= n) {
		int64_t length = daily_length(daily_zone(d), cell->day, NULL);
		char date[SUMMARY_DATE];
		struct daily_sum sum;

		n = summary_day(cell, count);
		sum = summary_sum(cell, n);
		json_write_object(w);
		json_write_member(w, "date", summary_date(date, cell->day));
		json_write_member_hours(w, "dayHours", length);
		put_coverage(w, &sum, length);
		put_sum(w, &sum);
		put_states(w, d, cell, n);
		json_write_end(w);
	}
	json_write_end(w);
}

static void
put_projects(struct json_write *w, const struct daily *d,
    const struct daily_cell *cell, size_t count)
{
	json_write_key(w, "projects");
	json_write_array(w);
	for (size_t n; count > 0; cell += n, count -= n) {
		struct daily_sum sum;

		n = summary_project(d, cell, count);
		sum = summary_sum(cell, n);
		json_write_object(w);
		put_part(w, d, "companyId", cell->owner, NAMES_COMPANY);
		put_part(w, d, "projectId", cell->owner, NAMES_PROJECT);
		put_sum(w, &sum);
		put_states(w, d, cell, n);
		json_write_end(w);
	}
	json_write_end(w);
}

/* All but the brace that ends it: the machines follow. */
static void
put_head(struct json_write *w, const struct daily *d, int findings,
    const struct daily_cell *cell, size_t count)
{
	struct daily_sum sum = summary_sum(cell, count);

	json_write_member(w, "tool", msg_tool());
	json_write_member(w, "version", PACKAGE_VERSION);
	json_write_member(w, "zone", zone_name(daily_zone(d)));
	json_write_member(w, "verdict", findings ? "findings" : "ok");
	put_sum(w, &sum);
	put_states(w, d, cell, count);
	put_projects(w, d, cell, count);
}

static void
put_machine(struct json_write *w, const struct daily *d,
    const struct daily_cell *cell, size_t count)
{
	struct daily_sum sum = summary_sum(cell, count);

	json_write_object(w);
	put_part(w, d, "companyId", cell->owner, NAMES_COMPANY);
	put_part(w, d, "projectId", cell->owner, NAMES_PROJECT);
	put_part(w, d, "machineId", cell->owner, NAMES_MACHINE);
	put_sum(w, &sum);
	put_coverage(w, &sum, sum.last > sum.first ? sum.last - sum.first : 0);
	put_states(w, d, cell, count);
	put_days(w, d, cell, count);
	json_write_end(w);
}

/* Machine by machine: the whole may be large. */
static void
write_all(struct out *out, const struct daily *d, int findings)
{
	struct json_write *w = json_write_new(0);
	size_t count, len;
	const struct daily_cell *cell = daily_cells(d, &count);
	const char *text;

	json_write_object(w);
	put_head(w, d, findings, cell, count);
	json_write_end(w);
	text = json_write_take(w, &len);
	out_put(out, text, len - 1);
	out_put(out, ",\"machines\":[", 13);
	for (size_t n, i = 0; i < count; i += n) {
		n = summary_machine(cell + i, count - i);
		put_machine(w, d, cell + i, n);
		text = json_write_take(w, &len);
		out_put(out, i > 0 ? ",\n" : "\n", i > 0 ? 2 : 1);
		out_put(out, text, len);
	}
	out_put(out, "\n]}\n", 4);
	json_write_free(w);
}

const struct summary_format summary_json = {
	.name = "json",
	.write = write_all,
};
