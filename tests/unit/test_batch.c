/* test_batch.c - split/order.c and split/batch.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "record/write.h"
#include "scratch.h"
#include "split/batch.h"
#include "suites.h"
#include "upload/envelope.h"

#define MOST 200
#define T0 INT64_C(1736928000)

static struct names *names;
static struct order *order;
static struct record record[MOST];
static size_t records;

/* What the sink got. */
static struct buf got; /* the records, each with a newline */
static size_t batches, sizes[MOST];
static int last_tied, sink_fails;
static struct record last_first, last; /* of the batch before */
static const struct batch_limits *limits;

static uint64_t dice = 1;

static unsigned
pick(unsigned below)
{
	dice = dice * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(dice >> 33) % below;
}

static void
set_up(void)
{
	scratch_listen();
	names = names_new();
	records = 0;
}

static void
tear_down(void)
{
	msg_sink(NULL);
	order_free(order);
	order = NULL;
	names_free(names);
}

static void
by(enum order_field field)
{
	order_free(order);
	order = order_new(names, field);
}

static struct record *
add(const char *company, const char *project, const char *machine,
    int64_t start, int64_t end)
{
	struct record *r = &record[records++];

	*r = (struct record){ .start = T0 + start,
		.end = T0 + end,
		.line = records,
		.owner = names_owner(names, company, strlen(company), project,
		    strlen(project), machine, strlen(machine)),
		.file = names_file(names, "f\".csv", 6),
		.state = names_state(names, "Idle", 4) };
	return r;
}

static int
compare(const void *a, const void *b, void *context)
{
	return order_compare(a, b, context);
}

static void
sort_records(void)
{
	for (size_t i = 0; i < records; i++)
		order_meet(order, &record[i]);
	qsort_r(record, records, sizeof *record, compare, order);
	/* the sorter's keys never contradict the order */
	order_rank(order);
	for (size_t i = 1; i < records; i++)
		ck_assert_uint_le(order_key(&record[i - 1], order),
		    order_key(&record[i], order));
}

START_TEST(order_is_by_project_then_time_then_record)
{
	add("c", "q", "A", 0, 10);
	add("c", "p q", "A", 5, 10); /* a blank comes before the quote */
	add("c", "p", "B", 0, 10);
	add("c", "p", "A", 5, 10);
	add("c", "p", "A", 0, 20);
	add("b", "z", "A", 0, 90);
	by(ORDER_END);
	sort_records();
	for (size_t i = 0; i < records; i++)
		buf_printf(&got, "%d", (int)record[i].line);
	ck_assert_str_eq(buf_text(&got), "624351");
	ck_assert_uint_eq(
	    order_group(order, &record[2]), order_group(order, &record[4]));
	ck_assert_uint_ne(
	    order_group(order, &record[1]), order_group(order, &record[2]));
	ck_assert_int_eq(order_time(order, &record[0]), T0 + 90);
	ck_assert_str_eq(order_word(order), "end");
	buf_clear(&got);
	by(ORDER_START);
	sort_records();
	for (size_t i = 0; i < records; i++)
		buf_printf(&got, "%d", (int)record[i].line);
	ck_assert_str_eq(buf_text(&got), "625341");
	ck_assert_int_eq(order_time(order, &record[0]), T0);
	ck_assert_str_eq(order_word(order), "start");
	order_free(NULL);
}
END_TEST

/* Its body as a string. */
static const char *
body_of(const struct batch *b)
{
	static struct buf text;

	buf_clear(&text);
	buf_put(&text, b->body, b->body_len);
	return text.data;
}

static int
is_tie(const struct record *a, const struct record *b)
{
	return order_group(order, a) == order_group(order, b) &&
	       order_time(order, a) == order_time(order, b);
}

/* Hold a batch to every promise, and keep its records. */
static int
hold(void *context, const struct batch *b)
{
	struct buf body = { 0 }, line = { 0 };
	struct envelope e = { 0 };
	struct problem p = { 0 };
	char id[DIGEST_TEXT];
	int64_t first = INT64_MAX, end = INT64_MIN;

	ck_assert_ptr_eq(context, &got);
	if (sink_fails)
		return -1;
	ck_assert_uint_ge(b->count, 1);
	ck_assert_uint_le(b->count, limits->records);
	ck_assert_uint_le(b->body_len, limits->bytes);
	for (size_t i = 0; i < b->count; i++) {
		const struct record *r = &b->record[i];

		buf_putc(&body, i > 0 ? ',' : '[');
		write_api(&body, names, r);
		write_line(&got, names, r);
		buf_putc(&got, '\n');
		first = r->start < first ? r->start : first;
		end = r->end > end ? r->end : end;
		ck_assert_uint_eq(
		    order_group(order, r), order_group(order, &b->record[0]));
	}
	buf_putc(&body, ']');
	ck_assert_str_eq(buf_text(&body), body_of(b));
	digest_of(body.data, body.len, id);
	ck_assert_str_eq(id, b->id);
	ck_assert_int_eq(b->first_start, first);
	ck_assert_int_eq(b->last_end, end);
	/* cut between distinct times, or marked on both sides of the cut, and
	 * then only where the tie alone is larger than a batch */
	if (batches > 0 && is_tie(&last, &b->record[0])) {
		ck_assert(last_tied && b->is_tied);
		ck_assert(is_tie(&last_first, &last));
	}
	buf_printf(&line, "%s,\"body\":%s}", b->head.data, body_of(b));
	ck_assert_msg(envelope_read(&e, names, line.data, line.len, &p) == 0,
	    "%s: %s", line.data, buf_text(&p.text));
	ck_assert_str_eq(e.id, b->id);
	ck_assert_int_eq(e.tied, b->is_tied);
	ck_assert_uint_eq(e.n, b->count);
	ck_assert_uint_eq(e.records[0].r.line, b->record[0].line);
	for (size_t i = 0; i < b->count; i++) {
		const struct record *r = &e.records[i].r;

		ck_assert_int_eq(r->basis, b->record[i].basis);
		ck_assert_int_eq(r->vendor, b->record[i].vendor);
	}
	envelope_free(&e);
	buf_free(&body);
	buf_free(&line);
	last = b->record[b->count - 1];
	last_first = b->record[0];
	last_tied = b->is_tied;
	sizes[batches++] = b->count;
	return 0;
}

/* Cut all records; how many batches came. */
static size_t
cut(const struct batch_limits *to)
{
	struct batch_cutter *c;

	sort_records();
	limits = to;
	batches = 0;
	last_tied = 0;
	buf_clear(&got);
	c = batch_new(names, order, to, hold, &got);
	for (size_t i = 0; i < records; i++)
		ck_assert_int_eq(batch_put(c, &record[i]), 0);
	ck_assert_int_eq(batch_end(c), 0);
	ck_assert_uint_eq(batch_count(c), batches);
	batch_free(c);
	return batches;
}

START_TEST(batch_holds_to_any_limits)
{
	static const char *const machines[] = { "A", "B\xc3\xa5", "C\"\\\n" };
	struct buf all = { 0 };

	for (int trial = 0; trial < 300; trial++) {
		struct batch_limits to = { 1 + pick(12), 200 + pick(2000) };

		records = 0;
		for (unsigned n = pick(60); n > 0; n--) {
			int64_t start = pick(20);
			struct record *r = add("c", pick(4) ? "p" : "q",
			    machines[pick(3)], start, start + 1 + pick(5));

			r->basis = (uint8_t)pick(3);
			if (trial % 2) {
				const char *id = machines[pick(3)];

				r->vendor = names_vendor(
				    names, r->owner, id, strlen(id));
			}
			if (pick(20) == 0)
				r->start -= T0 * (1 + pick(5));
			if (pick(20) == 0)
				r->end += T0 * (1 + pick(5));
			if (pick(5) == 0) {
				r->file = NAMES_NONE;
				r->line = 0;
			}
		}
		by(pick(2) ? ORDER_END : ORDER_START);
		cut(&to);
		buf_clear(&all);
		for (size_t i = 0; i < records; i++) {
			write_line(&all, names, &record[i]);
			buf_putc(&all, '\n');
		}
		ck_assert_str_eq(buf_text(&got), buf_text(&all));
	}
	buf_free(&all);
}
END_TEST

static size_t
api_length(const struct record *r)
{
	struct buf b = { 0 };
	size_t len;

	write_api(&b, names, r);
	len = b.len;
	buf_free(&b);
	return len;
}

START_TEST(batch_counts_exact_wire_bytes)
{
	struct batch_limits to = { 1000, 0 };
	size_t each;

	by(ORDER_END);
	for (int i = 0; i < 10; i++)
		add("c", "p", "A", i, i + 1);
	each = api_length(&record[0]);
	to.bytes = 10 * each + 9 + 2;
	ck_assert_uint_eq(cut(&to), 1);
	to.bytes--;
	ck_assert_uint_eq(cut(&to), 2);
	to.bytes = each + 2;
	ck_assert_uint_eq(cut(&to), 10);
}
END_TEST

START_TEST(batch_leaves_a_record_larger_than_itself)
{
	struct batch_limits to = { 10, 0 };
	struct batch_cutter *c;

	by(ORDER_END);
	add("c", "p", "A", 0, 1);
	add("c", "p", "much longer", 1, 2);
	add("c", "p", "B", 2, 3);
	sort_records();
	to.bytes = api_length(&record[1]) + 1;
	limits = &to;
	buf_clear(&got);
	batches = 0;
	c = batch_new(names, order, &to, hold, &got);
	ck_assert_int_eq(batch_put(c, &record[0]), 0);
	ck_assert_int_eq(batch_put(c, &record[1]), 1);
	ck_assert_int_eq(batch_put(c, &record[2]), 0);
	ck_assert_int_eq(batch_end(c), 0);
	ck_assert_int_eq(batch_end(c), 0); /* nothing left: none is empty */
	ck_assert_uint_eq(batches, 2);
	ck_assert_ptr_null(strstr(buf_text(&got), "much longer"));
	batch_free(c);
}
END_TEST

/* A tie goes whole into the next batch where it fits. */
START_TEST(batch_keeps_ties_together)
{
	static const struct batch_limits four = { 4, BATCH_BYTES };
	static const struct batch_limits two = { 2, BATCH_BYTES };

	by(ORDER_END);
	add("c", "p", "A", 0, 1);
	add("c", "p", "B", 0, 2);
	add("c", "p", "C", 0, 3);
	add("c", "p", "D", 0, 3);
	add("c", "p", "E", 0, 3);
	ck_assert_uint_eq(cut(&four), 2);
	ck_assert(!last_tied);
	ck_assert_uint_eq(sizes[0], 2);
	ck_assert_uint_eq(sizes[1], 3);
	ck_assert_uint_eq(cut(&two), 3);
	ck_assert(last_tied);
	ck_assert_uint_eq(sizes[1], 2);
}
END_TEST

START_TEST(batch_tells_that_its_sink_failed)
{
	static const struct batch_limits one = { 1, BATCH_BYTES };
	struct batch_cutter *c;

	by(ORDER_END);
	add("c", "p", "A", 0, 1);
	add("c", "p", "B", 0, 2);
	add("c", "p", "C", 0, 3);
	sort_records();
	sink_fails = 1;
	c = batch_new(names, order, &one, hold, &got);
	ck_assert_int_eq(batch_put(c, &record[0]), 0);
	ck_assert_int_eq(batch_put(c, &record[1]), 0);
	ck_assert_int_eq(batch_put(c, &record[2]), -1);
	/* And for good: what it was given is not given again. */
	sink_fails = 0;
	ck_assert_int_eq(batch_put(c, &record[2]), -1);
	ck_assert_int_eq(batch_end(c), -1);
	ck_assert_uint_eq(batch_count(c), 0);
	batch_free(c);
	batch_free(NULL);
}
END_TEST

Suite *
batch_suite(void)
{
	Suite *s = suite_create("batch");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, order_is_by_project_then_time_then_record);
	tcase_add_test(tc, batch_holds_to_any_limits);
	tcase_add_test(tc, batch_counts_exact_wire_bytes);
	tcase_add_test(tc, batch_leaves_a_record_larger_than_itself);
	tcase_add_test(tc, batch_keeps_ties_together);
	tcase_add_test(tc, batch_tells_that_its_sink_failed);
	suite_add_tcase(s, tc);
	return s;
}
