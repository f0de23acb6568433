/* plan.c - what a delivery would take, per project. */

#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "split/plan.h"
#include "json/json_write.h"

/* What ditio-upload asks for a batch: the timestamp, and the import. */
#define REQUESTS 2

struct row {
	struct buf company, project;
	uint64_t records, batches, tied, bytes, largest;
};

struct plan {
	const struct names *names;
	const struct order *order;
	struct row **row; /* by group; NULL before its first batch */
	uint32_t room;
};

struct plan *
plan_new(const struct names *names, const struct order *order)
{
	struct plan *p = xcalloc(1, sizeof *p);

	p->names = names;
	p->order = order;
	return p;
}

static struct row *
row_of(struct plan *p, const struct record *r)
{
	uint32_t group = order_group(p->order, r);

	if (group >= p->room) {
		uint32_t room = group * 2 + 8;

		p->row = xreallocarray(p->row, room, sizeof(struct row *));
		while (p->room < room)
			p->row[p->room++] = NULL;
	}
	if (p->row[group] == NULL) {
		struct row *row = xcalloc(1, sizeof *row);

		names_put_part(
		    p->names, r->owner, NAMES_COMPANY, &row->company);
		names_put_part(
		    p->names, r->owner, NAMES_PROJECT, &row->project);
		p->row[group] = row;
	}
	return p->row[group];
}

int
plan_put(void *plan, const struct batch *batch)
{
	struct row *row = row_of(plan, &batch->record[0]);

	row->records += batch->count;
	row->batches++;
	row->tied += batch->is_tied != 0;
	row->bytes += batch->body_len;
	if (batch->body_len > row->largest)
		row->largest = batch->body_len;
	return 0;
}

static int
by_ids(const void *a, const void *b)
{
	const struct row *x = *(struct row *const *)a;
	const struct row *y = *(struct row *const *)b;
	int c = strcmp(buf_text(&x->company), buf_text(&y->company));

	return c != 0 ? c
		      : strcmp(buf_text(&x->project), buf_text(&y->project));
}

/* Bring the rows that are there to the front, in order.  How many. */
static uint32_t
arrange(struct plan *p, struct row *total)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < p->room; i++)
		if (p->row[i] != NULL)
			p->row[n++] = p->row[i];
	p->room = n;
	if (n > 0)
		qsort(p->row, n, sizeof(struct row *), by_ids);
	for (uint32_t i = 0; i < n; i++) {
		const struct row *r = p->row[i];

		total->records += r->records;
		total->batches += r->batches;
		total->tied += r->tied;
		total->bytes += r->bytes;
		if (r->largest > total->largest)
			total->largest = r->largest;
	}
	return n;
}

/* Tenths of minutes, rounded up: who plans with less is disappointed. */
static uint64_t
tenths(const struct row *r, const struct rate *rate)
{
	uint64_t thousandths = r->batches * REQUESTS * 1000 * rate->seconds;

	/* seconds * 10 / 60 */
	return (thousandths + rate->requests * 6 - 1) / (rate->requests * 6);
}

static void
text_row(const struct row *r, const struct rate *rate, const char *name,
    struct buf *to)
{
	uint64_t t;

	buf_printf(to, "%9" PRIu64 " %8" PRIu64 " %12" PRIu64 " %9" PRIu64,
	    r->records, r->batches, r->bytes, r->batches * REQUESTS);
	if (rate->requests > 0) {
		t = tenths(r, rate);
		buf_printf(to, " %7" PRIu64 ".%" PRIu64, t / 10, t % 10);
	}
	buf_puts(to, "  ");
	buf_safe(to, name);
	buf_putc(to, '\n');
}

void
plan_text(struct plan *p, const struct rate *rate, struct buf *to)
{
	struct row total = { 0 };
	uint32_t n = arrange(p, &total);
	const char *company = NULL;

	buf_printf(to, "%9s %8s %12s %9s%s  %s\n", "records", "batches",
	    "bytes", "requests", rate->requests > 0 ? "   minutes" : "",
	    "project");
	for (uint32_t i = 0; i < n; i++) {
		const struct row *r = p->row[i];

		if (company == NULL ||
		    strcmp(company, buf_text(&r->company)) != 0) {
			company = buf_text(&r->company);
			buf_puts(to, "company ");
			buf_safe(to, company);
			buf_putc(to, '\n');
		}
		text_row(r, rate, buf_text(&r->project), to);
	}
	text_row(&total, rate, "all", to);
	if (total.tied > 0)
		buf_printf(to,
		    "%" PRIu64 " of the batches are cut inside a tie: no "
		    "watermark can decide them\n",
		    total.tied);
}

/* The numbers of a row, into an object that is open. */
static void
json_numbers(struct json_write *w, const struct row *r, const struct rate *rate)
{
	char minutes[32];

	json_write_member_uint(w, "records", r->records);
	json_write_member_uint(w, "batches", r->batches);
	json_write_member_uint(w, "tied", r->tied);
	json_write_member_uint(w, "bytes", r->bytes);
	json_write_member_uint(w, "largest", r->largest);
	json_write_member_uint(w, "requests", r->batches * REQUESTS);
	if (rate->requests == 0)
		return;
	snprintf(minutes, sizeof minutes, "%" PRIu64 ".%d",
	    tenths(r, rate) / 10, (int)(tenths(r, rate) % 10));
	json_write_key(w, "minutes");
	json_write_number(w, minutes);
}

void
plan_json(struct plan *p, const struct rate *rate, struct buf *to)
{
	struct json_write *w = json_write_new(0);
	struct row total = { 0 };
	uint32_t n = arrange(p, &total);
	const char *text;
	size_t len;

	json_write_object(w);
	json_write_key(w, "projects");
	json_write_array(w);
	for (uint32_t i = 0; i < n; i++) {
		const struct row *r = p->row[i];

		json_write_object(w);
		json_write_key(w, "companyId");
		json_write_string(w, buf_text(&r->company), r->company.len);
		json_write_key(w, "projectId");
		json_write_string(w, buf_text(&r->project), r->project.len);
		json_numbers(w, r, rate);
		json_write_end(w);
	}
	json_write_end(w);
	json_numbers(w, &total, rate);
	json_write_end(w);
	text = json_write_take(w, &len);
	buf_put(to, text, len);
	buf_putc(to, '\n');
	json_write_free(w);
}

void
plan_free(struct plan *p)
{
	if (p == NULL)
		return;
	for (uint32_t i = 0; i < p->room; i++) {
		if (p->row[i] == NULL)
			continue;
		buf_free(&p->row[i]->company);
		buf_free(&p->row[i]->project);
		free(p->row[i]);
	}
	free(p->row);
	free(p);
}
