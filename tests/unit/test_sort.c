/* test_sort.c - base/sort.c and its parts */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "base/sort_merge.h"
#include "base/sort_rule.h"
#include "base/sort_spill.h"
#include "help.h"
#include "suites.h"

/* Items are ordered by their key alone; the number tells them apart. */
struct item {
	uint32_t key, number;
};

static int compared;

static int
compare(const void *a, const void *b, void *context)
{
	const struct item *x = a, *y = b;

	if (context != &compared)
		abort();
	compared++;
	return x->key < y->key ? -1 : x->key > y->key;
}

/* The same with the order of putting, for the library's sorting. */
static int
compare_fully(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

/* Keys that tell all, little, next to nothing, and one too high. */
static int begun, coarse;

static void
begin(void *context)
{
	if (context != &compared)
		abort();
	begun++;
}

static uint64_t
key_of(const void *item, void *context)
{
	const struct item *x = item;

	if (context != &compared || !begun)
		abort();
	return UINT64_MAX - ((UINT32_MAX - x->key) >> coarse);
}

static struct sort *
new_sort(size_t memory)
{
	struct sort *s =
	    sort_new(sizeof(struct item), compare, &compared, memory);

	begun = 0;
	if (coarse < 32)
		sort_keys(s, key_of, begin);
	return s;
}

enum shape { RANDOM, FEW_KEYS, IN_ORDER, BACKWARDS, RUNS, NEARLY, SHAPES };

static struct item *
make(struct help_chance *c, enum shape shape, size_t n)
{
	struct item *items = malloc((n + 1) * sizeof *items);

	for (size_t i = 0; i < n; i++) {
		uint32_t chance = (uint32_t)help_below(c, UINT32_MAX);
		uint32_t keys[SHAPES] = {
			[RANDOM] = chance,
			[FEW_KEYS] = chance % 5,
			[IN_ORDER] = (uint32_t)i / 2,
			[BACKWARDS] = (uint32_t)(n - i),
			[RUNS] = (uint32_t)i % 1000,
			[NEARLY] = chance % 500 ? (uint32_t)i : chance,
		};

		items[i] = (struct item){ keys[shape], (uint32_t)i };
	}
	return items;
}

/* The framework's own checks are too slow for every item. */
static void
put(struct sort *s, const void *item)
{
	if (sort_put(s, item) != 0)
		ck_abort_msg("cannot be put");
}

/* The same of some at once; how many, 1 to ${n}. */
static size_t
put_block(
    struct help_chance *c, struct sort *s, const struct item *items, size_t n)
{
	size_t some = 1 + help_below(c, n < 3000 ? n : 3000);
	struct item *block = malloc(some * sizeof *block);

	memcpy(block, items, some * sizeof *block);
	if (sort_put_block(s, block, some) != 0)
		ck_abort_msg("cannot be put");
	return some;
}

/* Read all, compare with what should come, and go back until the last time. */
static void
read_again(struct sort *s, const struct item *items, size_t n)
{
	for (int time = 0; time < 3; time++) {
		const struct item *next;
		size_t i = 0, most = time == 1 ? n / 2 : n;

		sort_hold(s, time < 2);
		if (time > 0)
			sort_again(s);
		for (; i < most && (next = sort_next(s)) != NULL; i++)
			if (memcmp(next, &items[i], sizeof *next) != 0)
				ck_abort_msg("coarse %d, %zu items, time %d: "
					     "item %zu",
				    coarse, n, time, i);
		ck_assert_uint_eq(i, most);
	}
}

/* Sort by ours and by the library's; the bytes that were spilled. */
static uint64_t
agree(struct help_chance *c, enum shape shape, size_t n, size_t memory)
{
	struct item *items = make(c, shape, n);
	struct sort *s = new_sort(memory);
	uint64_t spilled;

	for (size_t k = 0; k < n; k++)
		if (help_below(c, 1000) == 0)
			k += put_block(c, s, items + k, n - k) - 1;
		else
			put(s, &items[k]);
	ck_assert_int_eq(sort_put_block(s, malloc(1), 0), 0);
	ck_assert_uint_eq(sort_count(s), n);
	qsort(items, n, sizeof *items, compare_fully);
	read_again(s, items, n);
	ck_assert_ptr_null(sort_next(s));
	ck_assert(!sort_failed(s));
	spilled = sort_spilled(s);
	sort_free(s);
	free(items);
	return spilled;
}

START_TEST(sort_agrees_with_the_library_and_is_stable)
{
	struct help_chance c = help_chance("sort");

	coarse = _i;
	for (int shape = 0; shape < SHAPES; shape++) {
		for (size_t n = 0; n < 70; n++)
			ck_assert_uint_eq(
			    agree(&c, (enum shape)shape, n, 1 << 20), 0);
		ck_assert_uint_eq(agree(&c, (enum shape)shape,
				      (size_t)help_trials(70000), 64 << 20),
		    0);
	}
}
END_TEST

START_TEST(sort_spilling_gives_the_same)
{
	struct help_chance c = help_chance("sort");
	size_t many = (size_t)help_trials(40000);

	coarse = _i;
	for (int shape = 0; shape < SHAPES; shape++) {
		for (int i = 0; i < help_trials(10); i++) {
			size_t n = 2000 + help_below(&c, 8000);

			ck_assert_uint_ge(agree(&c, (enum shape)shape, n,
					      help_below(&c, 9000)),
			    n);
		}
		/* So many runs that they are merged in several rounds. */
		ck_assert_uint_ge(
		    agree(&c, (enum shape)shape, many, 8000), many);
	}
}
END_TEST

static int
compare_bytes(const void *a, const void *b, void *size)
{
	return memcmp(a, b, *(size_t *)size);
}

START_TEST(sort_takes_items_of_any_size)
{
	for (size_t size = 1; size <= SORT_RULE_ITEM; size++) {
		struct help_chance c = { size };
		struct sort *s = sort_new(size, compare_bytes, &size, 1000);
		char item[SORT_RULE_ITEM], last[SORT_RULE_ITEM] = "";
		const void *next;
		size_t n = 0;

		for (int i = 0; i < 3000; i++) {
			for (size_t k = 0; k < size; k++)
				item[k] = (char)help_below(&c, 100);
			put(s, item);
		}
		for (; (next = sort_next(s)) != NULL; n++) {
			if (memcmp(last, next, size) > 0)
				ck_abort_msg("size %zu, item %zu", size, n);
			memcpy(last, next, size);
		}
		ck_assert_uint_eq(n, 3000);
		sort_free(s);
	}
}
END_TEST

START_TEST(sort_of_ordered_input_is_one_pass)
{
	struct sort *s =
	    sort_new(sizeof(struct item), compare, &compared, 1 << 26);
	uint32_t n = (uint32_t)help_trials(200000);

	compared = 0;
	for (uint32_t i = 0; i < n; i++)
		(void)sort_put(s, &(struct item){ i, i });
	for (uint32_t i = 0; i < n; i++) {
		const struct item *next = sort_next(s);

		if (next == NULL || next->number != i)
			ck_abort_msg("item %u", i);
	}
	ck_assert_int_le(compared, (int)n);
	sort_free(s);
}
END_TEST

START_TEST(sort_memory_may_shrink_meanwhile)
{
	struct sort *s =
	    sort_new(sizeof(struct item), compare, &compared, 1 << 26);
	uint32_t n = 300000;

	for (uint32_t i = 0; i < n; i++) {
		if (i == n / 2)
			sort_memory(s, 4096);
		put(s, &(struct item){ n - i, i });
	}
	for (uint32_t i = 1; i <= n; i++) {
		const struct item *next = sort_next(s);

		if (next == NULL || next->key != i)
			ck_abort_msg("item %u", i);
	}
	ck_assert_ptr_null(sort_next(s));
	ck_assert_uint_gt(sort_spilled(s), 0);
	sort_free(s);
}
END_TEST

static char *
saved_tmpdir(void)
{
	const char *dir = getenv("TMPDIR");

	return dir != NULL ? strdup(dir) : NULL;
}

static void
restore_tmpdir(char *saved)
{
	if (saved != NULL)
		setenv("TMPDIR", saved, 1);
	else
		unsetenv("TMPDIR");
	free(saved);
}

/* Put until it fails or all is in; then there is nothing to read. */
static int
fails(uint32_t n)
{
	struct sort *s =
	    sort_new(sizeof(struct item), compare, &compared, 4096);
	int failed = 0;

	for (uint32_t i = 0; i < n && !failed; i++)
		failed = sort_put(s, &(struct item){ n - i, i }) != 0;
	if (failed)
		ck_assert(sort_failed(s));
	if (failed || sort_failed(s))
		ck_assert_ptr_null(sort_next(s));
	while (sort_next(s) != NULL)
		;
	failed = sort_failed(s);
	sort_free(s);
	return failed;
}

START_TEST(sort_names_the_disk_that_is_full)
{
	char *saved = saved_tmpdir(), *dir = help_dir();
	struct buf want = { 0 };

	setenv("TMPDIR", dir, 1);
	ck_assert(!fails(300000));
	help_listen();
	/* While putting, and only when all is merged. */
	for (size_t bytes = 10000; bytes < 3000000; bytes += 500000) {
		help_disk(bytes);
		ck_assert_msg(fails(300000), "%zu bytes", bytes);
		help_disk_end();
		buf_printf(&want,
		    "ditio: %s: cannot write a temporary file (set TMPDIR, or "
		    "give more --memory): File too large\n",
		    dir);
	}
	ck_assert_str_eq(help_heard(), want.data);
	buf_free(&want);
	help_remove(dir); /* nothing was left in it */
	restore_tmpdir(saved);
}
END_TEST

START_TEST(sort_names_the_directory_that_is_not_there)
{
	char *saved = saved_tmpdir();
	struct buf want = { 0 };

	setenv("TMPDIR", "/nonexistent", 1);
	help_listen();
	ck_assert(fails(100000));
	restore_tmpdir(saved);
	buf_printf(&want, "ditio: /nonexistent: cannot create a temporary file "
			  "(set TMPDIR, or "
			  "give more --memory): No such file or directory\n");
	ck_assert_str_eq(help_heard(), want.data);
	buf_free(&want);
}
END_TEST

START_TEST(sort_spill_gives_back_what_was_put)
{
	struct sort_spill *f = sort_spill_new();
	struct help_chance c = help_chance("sort_spill");
	struct buf all = { 0 };
	static char piece[300000], got[300000];

	ck_assert_ptr_nonnull(f);
	for (int i = 0; i < 40; i++) {
		size_t n = help_below(&c, i % 10 ? 5000 : sizeof piece);

		memset(piece, i, n);
		buf_put(&all, piece, n);
		ck_assert_int_eq(sort_spill_put(f, piece, n), 0);
		ck_assert_uint_eq(sort_spill_size(f), all.len);
	}
	ck_assert_int_eq(sort_spill_flush(f), 0);
	ck_assert_uint_eq(sort_spill_size(f), all.len);
	for (int i = 0; i < 200; i++) {
		size_t at = help_below(&c, all.len);
		size_t n = help_below(&c, all.len - at);

		n = n < sizeof got ? n : sizeof got;
		ck_assert_int_eq(sort_spill_read(f, got, n, at), 0);
		ck_assert_mem_eq(got, all.data + at, n);
	}
	help_listen();
	ck_assert_int_eq(sort_spill_read(f, got, 2, all.len - 1), -1);
	ck_assert_ptr_nonnull(strstr(help_heard(), "temporary file"));
	sort_spill_free(f);
	buf_free(&all);
}
END_TEST

START_TEST(sort_default_memory_is_a_share)
{
	size_t memory = sort_default_memory();

	ck_assert_uint_gt(memory, 0);
	ck_assert_uint_le(memory, SIZE_MAX / 8);
}
END_TEST

START_TEST(sort_frees_welcome_null_and_what_was_never_read)
{
	struct sort *s =
	    sort_new(sizeof(struct item), compare, &compared, 2048);
	struct sort_runs runs = { 0 };

	sort_free(NULL);
	sort_merge_free(NULL);
	sort_spill_free(NULL);
	sort_merge_clear(&runs);
	for (uint32_t i = 0; i < 5000; i++)
		put(s, &(struct item){ 9 * i % 7, i });
	(void)sort_next(s);
	sort_free(s);
	s = sort_new(sizeof(struct item), compare, &compared, 1 << 20);
	for (uint32_t i = 0; i < 5000; i++)
		(void)sort_put(s, &(struct item){ 9 * i % 7, i });
	sort_free(s);
}
END_TEST

Suite *
sort_suite(void)
{
	Suite *s = suite_create("sort");
	TCase *tc = tcase_create("core");

	for (int keys = 0; keys <= 32; keys += 8) {
		tcase_add_loop_test(tc,
		    sort_agrees_with_the_library_and_is_stable, keys, keys + 1);
		tcase_add_loop_test(
		    tc, sort_spilling_gives_the_same, keys, keys + 1);
	}
	tcase_add_test(tc, sort_takes_items_of_any_size);
	tcase_add_test(tc, sort_of_ordered_input_is_one_pass);
	tcase_add_test(tc, sort_memory_may_shrink_meanwhile);
	tcase_add_test(tc, sort_names_the_disk_that_is_full);
	tcase_add_test(tc, sort_names_the_directory_that_is_not_there);
	tcase_add_test(tc, sort_spill_gives_back_what_was_put);
	tcase_add_test(tc, sort_default_memory_is_a_share);
	tcase_add_test(tc, sort_frees_welcome_null_and_what_was_never_read);
	suite_add_tcase(s, tc);
	return s;
}
