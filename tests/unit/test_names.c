/* test_names.c - record/names.c and record/write.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/sort.h"
#include "help.h"
#include "record/names.h"
#include "record/write.h"
#include "suites.h"

static const char *const texts[] = { "EX", "EX 1", "EX!", "EX\"", "EX\\", "EX1",
	"EX~", "EXæ", "E", "\x01", "EX\x1f", "\x7f", "a.csv", "Idle", "Working",
	"🐊" };

#define TEXTS (sizeof texts / sizeof texts[0])

static uint32_t
owner_of(struct names *n, const char *c, const char *p, const char *m)
{
	return names_owner(n, c, strlen(c), p, strlen(p), m, strlen(m));
}

/* A record that is like others in much. */
static struct record
any_record(struct help_chance *c, struct names *n)
{
	const char *state = help_pick(c, texts, TEXTS);
	const char *file = help_pick(c, texts, 4);
	struct record r;

	memset(&r, 0, sizeof r); /* it is written to disk, holes and all */
	r.file = NAMES_NONE;
	r.owner = owner_of(n, help_pick(c, texts, 2), help_pick(c, texts, 2),
	    help_pick(c, texts, TEXTS));
	r.start = (int64_t)help_below(c, 3) - 1;
	if (help_below(c, 20) == 0)
		r.start = help_below(c, 2) ? INSTANT_MIN : INSTANT_MAX;
	r.end = (int64_t)help_below(c, 3);
	r.state = names_state(n, state, strlen(state));
	r.basis = (uint8_t)help_below(c, 3);
	if (help_below(c, 3)) {
		r.file = names_file(n, file, strlen(file));
		r.line = help_below(c, help_below(c, 9) ? 12 : UINT64_MAX);
	}
	if (help_below(c, 3) == 0) {
		const char *vendor = help_pick(c, texts, TEXTS);

		r.vendor = names_vendor(n, r.owner, vendor, strlen(vendor));
	}
	return r;
}

START_TEST(names_number_owners_states_and_files)
{
	struct names *n = names_new();

	ck_assert_uint_eq(owner_of(n, "c", "p", "m"), 0);
	ck_assert_uint_eq(owner_of(n, "c", "p", "n"), 1);
	ck_assert_uint_eq(owner_of(n, "c", "p", "m"), 0);
	/* Parts are parts: no text runs into the next. */
	ck_assert_uint_eq(owner_of(n, "cp", "", "m"), 2);
	ck_assert_uint_eq(owner_of(n, "c\",\"projectId\":\"p", "", "m"), 3);
	ck_assert_uint_eq(names_owners(n), 4);
	ck_assert_uint_eq(names_state(n, "Idle", 4), 0);
	ck_assert_uint_eq(names_state(n, "Idle\0", 5), 1);
	ck_assert_uint_eq(names_states(n), 2);
	ck_assert_uint_eq(names_file(n, "", 0), 0);
	ck_assert_uint_eq(names_files(n), 1);
	ck_assert_uint_gt(names_memory(n), 0);
	names_free(n);
}
END_TEST

START_TEST(names_give_back_plain_and_canonical_texts)
{
	struct names *n = names_new();
	struct buf b = { 0 };
	size_t len;
	const char *s;

	for (size_t i = 0; i < TEXTS * TEXTS * TEXTS; i++) {
		const char *part[3] = { texts[i % TEXTS],
			texts[i / TEXTS % TEXTS], texts[i / TEXTS / TEXTS] };
		uint32_t id = owner_of(n, part[0], part[1], part[2]);

		ck_assert_uint_eq(id, i);
		s = names_owner_text(n, id, &len);
		ck_assert_uint_eq(names_find_owner(n, s, len), id);
		ck_assert_uint_eq(names_owner_canonical(n, s, len), id);
		for (int k = NAMES_COMPANY; k <= NAMES_MACHINE; k++) {
			buf_clear(&b);
			names_put_part(n, id, (enum names_part)k, &b);
			ck_assert_str_eq(b.data, part[k]);
		}
	}
	for (uint32_t i = 0; i < TEXTS; i++) {
		ck_assert_uint_eq(
		    names_state(n, texts[i], strlen(texts[i])), i);
		ck_assert_uint_eq(names_file(n, texts[i], strlen(texts[i])), i);
		buf_clear(&b);
		names_put_state(n, i, &b);
		ck_assert_str_eq(b.data, texts[i]);
		buf_clear(&b);
		names_put_file(n, i, &b);
		ck_assert_str_eq(b.data, texts[i]);
		s = names_state_text(n, i, &len);
		ck_assert_uint_eq(names_find_state(n, s, len), i);
		ck_assert_uint_eq(names_state_canonical(n, s, len), i);
		s = names_file_text(n, i, &len);
		ck_assert_uint_eq(names_find_file(n, s, len), i);
		ck_assert_uint_eq(names_file_canonical(n, s, len), i);
	}
	s = names_part(n, 3, NAMES_COMPANY, &len);
	ck_assert_uint_eq(len, 4);
	ck_assert_mem_eq(s, "EX\\\"", 4);
	ck_assert_uint_eq(names_find_state(n, "unknown", 7), NAMES_NONE);
	ck_assert_uint_eq(names_find_file(n, "unknown", 7), NAMES_NONE);
	ck_assert_uint_eq(names_find_owner(n, "unknown", 7), NAMES_NONE);
	buf_free(&b);
	names_free(n);
}
END_TEST

START_TEST(names_know_by_which_ids_vendors_call_a_machine)
{
	struct names *n = names_new();
	struct buf b = { 0 };
	uint32_t one = owner_of(n, "c", "p", "EX\\"), two = 0;
	const char *s;
	size_t len;

	for (uint32_t i = 0; i < 200; i++)
		two = owner_of(n, "c", "p", i % 2 ? "m" : "EX\"");
	ck_assert_uint_eq(names_vendor(n, one, "EX\\", 3), 0);
	ck_assert_uint_eq(names_vendor(n, two, "EX\\", 3), 1);
	ck_assert_uint_eq(names_find_vendor(n, one, "EX\\\\", 4), 0);
	ck_assert_uint_eq(names_find_vendor(n, two, "EX\\\\", 4), 1);
	/* What is canonical of one is plain of another. */
	ck_assert_uint_eq(names_vendor(n, two, "EX\\\\", 4), 2);
	ck_assert_uint_eq(names_vendor_canonical(n, two, "EX\\\\", 4), 1);
	ck_assert_uint_eq(names_vendor_canonical(n, one, "EX\\\\", 4), 0);
	for (size_t i = 3; i < UINT16_MAX; i++) {
		buf_clear(&b);
		buf_putu(&b, i);
		ck_assert_uint_eq(names_vendor(n, two, b.data, b.len), i);
	}
	ck_assert_uint_eq(names_vendor(n, two, "9", 1), 9);
	s = names_vendor_text(n, two, 65534, &len);
	ck_assert_uint_eq(len, 5);
	ck_assert_mem_eq(s, "65534", 5);
	buf_clear(&b);
	names_put_vendor(n, two, 1, &b);
	names_put_vendor(n, two, 0, &b);
	ck_assert_str_eq(b.data, "EX\\m");
	buf_free(&b);
	names_free(n);
}
END_TEST

static int
sign(int n)
{
	return (n > 0) - (n < 0);
}

START_TEST(names_order_is_the_byte_order_of_lines)
{
	struct help_chance c = help_chance("names");
	struct buf x = { 0 }, y = { 0 };

	for (int i = 0; i < help_trials(100); i++) {
		struct names *n = names_new();

		for (int k = 0; k < 300; k++) {
			struct record a = any_record(&c, n);
			struct record b = any_record(&c, n);
			int order;

			if (help_below(&c, 4) && a.owner != b.owner) {
				b.owner = a.owner;
				b.vendor = help_below(&c, 2) ? a.vendor : 0;
			}
			if (help_below(&c, 4)) {
				b.start = a.start;
				b.end = a.end;
			}
			if (help_below(&c, 2))
				b.state = a.state;
			buf_clear(&x);
			buf_clear(&y);
			write_line(&x, n, &a);
			write_line(&y, n, &b);
			order = names_compare(&a, &b, n);
			if (sign(order) != sign(strcmp(x.data, y.data)))
				ck_abort_msg(
				    "%d:\n%s\n%s", order, x.data, y.data);
			/* Keys never go against the order. */
			names_rank(n);
			if (order < 0 ? names_key(&a, n) > names_key(&b, n)
				      : order > 0 &&
					    names_key(&a, n) < names_key(&b, n))
				ck_abort_msg("keys:\n%s\n%s", x.data, y.data);
			ck_assert_int_eq(sign((int)names_rank_of(n, a.owner) -
					      (int)names_rank_of(n, b.owner)),
			    a.owner == b.owner ? 0
					       : sign(strcmp(x.data, y.data)));
		}
		names_free(n);
	}
	buf_free(&x);
	buf_free(&y);
}
END_TEST

static int
compare_lines(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* Sorted as records, or written and sorted as text: one result. */
START_TEST(names_sorting_is_sorting_the_lines)
{
	struct help_chance c = help_chance("names");
	struct names *n = names_new();
	struct sort *s =
	    sort_new(sizeof(struct record), names_compare, n, 1 << 16);
	const struct record *next;
	struct buf b = { 0 };
	static char *lines[8000];

	sort_keys(s, names_key, names_rank);
	for (size_t i = 0; i < 8000; i++) {
		struct record r = any_record(&c, n);

		ck_assert_int_eq(sort_put(s, &r), 0);
		buf_clear(&b);
		write_line(&b, n, &r);
		lines[i] = strdup(b.data);
	}
	qsort(lines, 8000, sizeof lines[0], compare_lines);
	for (size_t i = 0; i < 8000; i++) {
		next = sort_next(s);
		ck_assert_ptr_nonnull(next);
		buf_clear(&b);
		write_line(&b, n, next);
		ck_assert_str_eq(b.data, lines[i]);
		free(lines[i]);
	}
	ck_assert_uint_gt(sort_spilled(s), 0);
	sort_free(s);
	names_free(n);
	buf_free(&b);
}
END_TEST

START_TEST(write_gives_the_canonical_line)
{
	struct names *n = names_new();
	struct record r = { .owner = owner_of(n, "c1", "p\"1", "EX\n1"),
		.start = 1736928000,
		.end = 1736930700,
		.state = names_state(n, "Working", 7),
		.file = NAMES_NONE };
	struct buf b = { 0 };

#define SIX                                                                    \
	"{\"companyId\":\"c1\",\"projectId\":\"p\\\"1\",\"machineId\":\"EX"    \
	"\\u000a1\",\"startTime\":\"2025-01-15T08:00:00Z\",\"endTime\":\"2025" \
	"-01-15T08:45:00Z\",\"state\":\"Working\""
	write_line(&b, n, &r);
	ck_assert_str_eq(b.data, SIX "}");
	buf_clear(&b);
	write_source(&b, n, &r);
	ck_assert_uint_eq(b.len, 0);
	write_source_json(&b, n, &r);
	ck_assert_str_eq(b.data, "\"\"");
	buf_clear(&b);
	r.file = names_file(n, "a\"b", 3);
	write_line(&b, n, &r);
	ck_assert_str_eq(b.data, SIX ",\"source\":\"a\\\"b\"}");
	buf_clear(&b);
	r.line = UINT64_MAX;
	r.basis = RECORD_DERIVED;
	write_line(&b, n, &r);
	ck_assert_str_eq(b.data,
	    SIX ",\"source\":\"a\\\"b:18446744073709551615\",\"basis\":"
		"\"derived\"}");
	buf_clear(&b);
	r.line = 7;
	r.basis = RECORD_ESTIMATED;
	write_line(&b, n, &r);
	ck_assert_str_eq(
	    b.data, SIX ",\"source\":\"a\\\"b:7\",\"basis\":\"estimated\"}");
	buf_clear(&b);
	write_source(&b, n, &r);
	ck_assert_str_eq(b.data, "a\"b:7");
	buf_clear(&b);
	write_source_json(&b, n, &r);
	ck_assert_str_eq(b.data, "\"a\\\"b:7\"");
	buf_clear(&b);
	write_api(&b, n, &r);
	ck_assert_str_eq(b.data, SIX "}");
	buf_free(&b);
	names_free(n);
}
END_TEST

START_TEST(write_roads_write_the_same)
{
	struct help_chance c = help_chance("write");
	struct names *n = names_new();
	char *path = help_file("", 0);
	struct out *out = out_open(path);
	struct buf want = { 0 }, got = { 0 }, api = { 0 }, line = { 0 };
	static char big[100000];

	memset(big, 'b', sizeof big);
	for (int i = 0; i < 5000; i++) {
		struct record r = any_record(&c, n);

		/* Beyond what fits the buffer at once. */
		if (i % 1000 == 999)
			r.state = names_state(n, big, sizeof big);
		write_record(out, n, &r);
		write_line(&want, n, &r);
		buf_putc(&want, '\n');
		buf_clear(&api);
		write_api(&api, n, &r);
		buf_clear(&line);
		write_line(&line, n, &r);
		/* The line up to its state, and closed there. */
		ck_assert_uint_le(api.len, line.len);
		ck_assert_mem_eq(api.data, line.data, api.len - 1);
		ck_assert_int_eq(api.data[api.len - 1], '}');
	}
	ck_assert_int_eq(out_finish(out), 0);
	help_slurp(path, &got);
	ck_assert_uint_eq(got.len, want.len);
	ck_assert_mem_eq(got.data, want.data, got.len);
	help_remove(path);
	buf_free(&want);
	buf_free(&got);
	buf_free(&api);
	buf_free(&line);
	names_free(n);
}
END_TEST

START_TEST(names_free_welcomes_null)
{
	names_free(NULL);
}
END_TEST

Suite *
names_suite(void)
{
	Suite *s = suite_create("names");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, names_number_owners_states_and_files);
	tcase_add_test(tc, names_give_back_plain_and_canonical_texts);
	tcase_add_test(tc, names_know_by_which_ids_vendors_call_a_machine);
	tcase_add_test(tc, names_order_is_the_byte_order_of_lines);
	tcase_add_test(tc, names_sorting_is_sorting_the_lines);
	tcase_add_test(tc, write_gives_the_canonical_line);
	tcase_add_test(tc, write_roads_write_the_same);
	tcase_add_test(tc, names_free_welcomes_null);
	suite_add_tcase(s, tc);
	return s;
}
