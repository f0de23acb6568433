/* test_aemp.c - parse/aemp_value.c, parse/aemp_ids.c and parse/aemp_queue.c */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "parse/aemp_ids.h"
#include "parse/aemp_queue.h"
#include "parse/aemp_value.h"
#include "scratch.h"
#include "suites.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

START_TEST(aemp_value_knows_its_sections)
{
	static const struct {
		const char *name;
		int kind;
	} rows[] = {
		{ "EngineStatus", EVIDENCE_RUNNING },
		{ "engineSTATUS", EVIDENCE_RUNNING },
		{ "CumulativeOperatingHours", EVIDENCE_OPERATING },
		{ "CumulativeIdleHours", EVIDENCE_IDLE },
		{ "CumulativeIdleNonOperatingHours", EVIDENCE_IDLE },
		{ "CumulativeNonProductiveIdleHours", EVIDENCE_IDLE },
		{ "CumulativeMovingHours", EVIDENCE_MOVING },
		{ "switchStatus", EVIDENCE_SWITCH },
		{ "CumulativeOperatingHour", -1 },
		{ "location", EVIDENCE_LOCATION },
		{ "", -1 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		enum evidence_kind kind = EVIDENCE_EVENT;
		int knows = aemp_value_kind(rows[i].name, &kind);

		ck_assert_int_eq(knows, rows[i].kind >= 0);
		if (knows)
			ck_assert_int_eq((int)kind, rows[i].kind);
	}
}
END_TEST

/* "value at ms", "nothing" or the code of what is wrong. */
static const char *
reads(enum evidence_kind kind, const char *text, const char *time,
    const char *zone)
{
	static struct buf told, value, none, when;
	static struct problem p;
	struct aemp_options options = { 0 };
	uint64_t decided = 0;
	int64_t v, ms;

	buf_clear(&told);
	buf_clear(&value);
	buf_clear(&when);
	buf_puts(&value, text);
	buf_puts(&when, time);
	options.zone = zone != NULL ? zone_find(zone, strlen(zone)) : NULL;
	switch (aemp_value_read(
	    kind, &value, &none, &when, &options, &v, &ms, &decided, &p)) {
	case AEMP_VALUE_LEAP:
		buf_puts(&told, "leap ");
		/* fall through */
	case AEMP_VALUE_READ:
		buf_printf(&told, "%lld at %lld", (long long)v, (long long)ms);
		break;
	case AEMP_VALUE_NOTHING:
		buf_puts(&told, "nothing");
		break;
	case AEMP_VALUE_WRONG:
		buf_puts(&told, p.code);
		break;
	}
	return buf_text(&told);
}

#define HOURS EVIDENCE_OPERATING
#define NEW_YEAR "2025-01-01T00:00:00Z"

START_TEST(aemp_value_reads_hours_and_status)
{
	static const struct {
		enum evidence_kind kind;
		const char *text, *time, *zone, *told;
	} rows[] = {
		{ HOURS, "1.5", NEW_YEAR, NULL, "5400000 at 1735689600000" },
		{ HOURS, "PT1H30M", NEW_YEAR, NULL,
		    "5400000 at 1735689600000" },
		{ HOURS, "0", NEW_YEAR, NULL, "0 at 1735689600000" },
		{ HOURS, "12345.678901", NEW_YEAR, NULL,
		    "44444444043 at 1735689600000" },
		{ HOURS, "1.23456789E7", NEW_YEAR, NULL,
		    "44444444040000 at 1735689600000" },
		{ HOURS, "5.0e-4", NEW_YEAR, NULL, "1800 at 1735689600000" },
		{ HOURS, "15E-1", NEW_YEAR, NULL, "5400000 at 1735689600000" },
		{ HOURS, ".25e+1", NEW_YEAR, NULL, "9000000 at 1735689600000" },
		{ HOURS, "2.5e0", NEW_YEAR, NULL, "9000000 at 1735689600000" },
		{ HOURS, "1e31", NEW_YEAR, NULL, "bad-number" },
		{ HOURS, "1e", NEW_YEAR, NULL, "bad-number" },
		{ HOURS, "e1", NEW_YEAR, NULL, "bad-number" },
		{ HOURS, "1e+-1", NEW_YEAR, NULL, "bad-number" },
		{ HOURS, "1,5e1", NEW_YEAR, NULL, "bad-number" },
		{ HOURS, "-1e1", NEW_YEAR, NULL, "bad-number" },
		{ HOURS, "1e1e1", NEW_YEAR, NULL, "bad-number" },
		{ HOURS, "-1", NEW_YEAR, NULL, "bad-number" },
		{ HOURS, "1,5", NEW_YEAR, NULL, "bad-number" },
		{ HOURS, "1.5 h", NEW_YEAR, NULL, "bad-number" },
		{ HOURS, "NaN", NEW_YEAR, NULL, "bad-number" },
		{ HOURS, "P1M", NEW_YEAR, NULL, "bad-number" },
		{ HOURS, "", NEW_YEAR, NULL, "nothing" },
		{ HOURS, "N/A", NEW_YEAR, NULL, "nothing" },
		{ HOURS, "MISSING", NEW_YEAR, NULL, "nothing" },
		{ HOURS, "1", "", NULL, "nothing" },
		{ HOURS, "1", "2016-12-31T23:59:60Z", NULL,
		    "leap 3600000 at 1483228799000" },
		{ HOURS, "1", "0001-01-01T00:00:00", NULL, "nothing" },
		{ HOURS, "1", "yesterday", NULL, "bad-time" },
		{ HOURS, "1", "1735689600", NULL, "3600000 at 1735689600000" },
		{ HOURS, "1", "1735689600123", NULL,
		    "3600000 at 1735689600123" },
		{ HOURS, "1", "0", NULL, "nothing" },
		{ HOURS, "1", "20250101", NULL, "bad-time" },
		{ HOURS, "1", "202501010000", NULL, "bad-time" },
		{ HOURS, "1", "20250101000000", NULL, "bad-time" },
		{ HOURS, "1", "-1735689600", NULL, "bad-time" },
		{ HOURS, "1", "2025-01-01T00:00:00", NULL, "no-zone" },
		{ HOURS, "1", "2025-01-01T01:00:00.5", "Europe/Oslo",
		    "3600000 at 1735689600500" },
		{ HOURS, "1", "2025-03-30T02:30:00", "Europe/Oslo", "dst-gap" },
		{ HOURS, "1", "2025-10-26T02:30:00", "Europe/Oslo",
		    "dst-fold" },
		{ EVIDENCE_RUNNING, "true", NEW_YEAR, NULL,
		    "1 at 1735689600000" },
		{ EVIDENCE_RUNNING, "OFF", NEW_YEAR, NULL,
		    "0 at 1735689600000" },
		{ EVIDENCE_RUNNING, "1", NEW_YEAR, NULL, "1 at 1735689600000" },
		{ EVIDENCE_RUNNING, "2", NEW_YEAR, NULL, "bad-status" },
		{ EVIDENCE_RUNNING, "truely", NEW_YEAR, NULL, "bad-status" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_str_eq(reads(rows[i].kind, rows[i].text, rows[i].time,
				     rows[i].zone),
		    rows[i].told);
}
END_TEST

START_TEST(aemp_value_finds_the_machine_in_an_address)
{
	static const struct {
		const char *address, *equipment, *make, *serial;
	} rows[] = {
		{ "https://x/Fleet/Equipment/ID/710332/a?b", "710332", NULL,
		    NULL },
		{ "/fleet/equipment/id/A%20B%2fC", "A B/C", NULL, NULL },
		{ "/Equipment/ID/A%zz%4", "A%zz%4", NULL, NULL },
		{ "/Equipment/ID/A%00", "A%00", NULL, NULL },
		{ "/Fleet/Equipment/MakeModelSerial/CAT/336/S%31/x", NULL,
		    "CAT", "S1" },
		{ "/MakeModelSerial/CAT/336", NULL, "CAT", NULL },
		{ "https://x/Fleet/1", NULL, NULL, NULL },
		{ "", NULL, NULL, NULL },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		char *part[3] = { NULL, NULL, NULL };
		const char *want[3] = { rows[i].equipment, rows[i].make,
			rows[i].serial };

		aemp_value_address(
		    rows[i].address, &part[0], &part[1], &part[2]);
		for (int k = 0; k < 3; k++) {
			ck_assert_int_eq(part[k] == NULL, want[k] == NULL);
			if (want[k] != NULL)
				ck_assert_str_eq(part[k], want[k]);
			free(part[k]);
		}
	}
}
END_TEST

static struct names *names;
static struct tally tally;
static struct reject *reject;
static struct evidence *evidence;
static char *reject_path;

static void
set_up(void)
{
	static const struct evidence_rules rules;

	scratch_listen();
	names = names_new();
	reject_path = scratch_path("rejects");
	reject = reject_open(reject_path, &tally);
	evidence = evidence_new(&rules, names, NULL, reject, 1 << 20);
}

static void
tear_down(void)
{
	msg_sink(NULL);
	evidence_free(evidence);
	reject_close(reject);
	names_free(names);
}

/* A header: make, EquipmentID, serial, PIN. */
typedef const char *header[AEMP_IDS_PARTS];

/*
 * Which machines ${n} headers are: a letter each, the same for one machine,
 * "-" for none; then the codes found.
 */
static const char *
machines(const header *h, size_t n, enum aemp_id field, const char *machine)
{
	static struct buf told;
	struct aemp_ids *ids = aemp_ids_new();
	uint32_t number[16], letter[16], letters = 0;
	uint32_t file = names_file(names, "f", 1);

	buf_clear(&told);
	for (size_t i = 0; i < n; i++)
		number[i] = aemp_ids_header(ids, h[i], file, i + 1);
	aemp_ids_resolve(ids, field, machine, names, evidence, reject);
	for (size_t i = 0; i < n; i++) {
		uint32_t m = aemp_ids_machine(ids, number[i]), k = 0;

		while (k < letters && letter[k] != m)
			k++;
		if (m == AEMP_IDS_NONE) {
			buf_putc(&told, '-');
			continue;
		}
		if (k == letters)
			letter[letters++] = m;
		buf_putc(&told, (char)('a' + k));
	}
	aemp_ids_free(ids);
	reject_close(reject);
	for (const char *s = buf_text(scratch_read(reject_path));
	     (s = strstr(s, "\"code\":\"")) != NULL; s++) {
		buf_putc(&told, ' ');
		buf_put(&told, s + 8, strcspn(s + 8, "\""));
	}
	reject = reject_open(reject_path, &tally);
	return buf_text(&told);
}

#define MACHINES(h, field) machines(h, COUNT(h), field, NULL)

START_TEST(aemp_ids_equal_headers_are_one)
{
	struct aemp_ids *ids = aemp_ids_new();
	const header a = { "CAT", "1", NULL, NULL },
		     b = { "CAT", "1", "", "N/A" };
	const header c = { "CAT", "1", "missing", NULL }, d = { "CAT", "2" };

	ck_assert_uint_eq(aemp_ids_header(ids, a, 0, 1), 0);
	ck_assert_uint_eq(aemp_ids_header(ids, b, 0, 2), 0);
	ck_assert_uint_eq(aemp_ids_header(ids, d, 0, 3), 1);
	ck_assert_uint_eq(aemp_ids_header(ids, c, 0, 4), 0);
	aemp_ids_free(ids);
	aemp_ids_free(NULL);
}
END_TEST

START_TEST(aemp_ids_join_by_pin_and_by_serial_of_one_make)
{
	static const header pins[] = { { "CAT", "1", NULL, "P" },
		{ "Volvo", "2", NULL, "P" }, { "CAT", "3", NULL, "Q" } };
	static const header serials[] = { { "CAT", "1", "S", NULL },
		{ "CAT", "2", "S", NULL }, { "Volvo", "3", "S", NULL } };
	/* a chain: the first and the last share nothing */
	static const header chain[] = { { "CAT", "1", "S", NULL },
		{ "CAT", "2", "T", "P" }, { "CAT", "3", "S", "P" } };

	ck_assert_str_eq(MACHINES(pins, AEMP_ID_AUTO), "aab identity-changed");
	ck_assert_str_eq(
	    MACHINES(serials, AEMP_ID_AUTO), "aab identity-changed");
	ck_assert_str_eq(MACHINES(chain, AEMP_ID_AUTO), "aaa identity-changed");
}
END_TEST

START_TEST(aemp_ids_take_the_first_kind_that_all_have)
{
	static const header serial[] = { { "CAT", "1", "S", "P" },
		{ "CAT", NULL, "T", NULL } };
	static const header pin[] = { { "CAT", "1", NULL, "P" },
		{ "CAT", NULL, "T", "Q" } };
	static const header none[] = { { "CAT", "1", NULL, NULL },
		{ "CAT", NULL, "T", NULL } };

	ck_assert_str_eq(MACHINES(serial, AEMP_ID_AUTO), "ab");
	ck_assert_uint_eq(evidence_machine(evidence, "S", 1), 0);
	ck_assert_uint_eq(evidence_machine(evidence, "T", 1), 1);
	ck_assert_str_eq(MACHINES(pin, AEMP_ID_AUTO), "ab");
	ck_assert_uint_eq(evidence_machine(evidence, "P", 1), 2);
	ck_assert_str_eq(MACHINES(none, AEMP_ID_AUTO), "a-");
	ck_assert_str_eq(MACHINES(serial, AEMP_ID_PIN), "a-");
	ck_assert_str_eq(machines(none, 2, AEMP_ID_AUTO, "M"), "aa");
	ck_assert_str_eq(machines(NULL, 0, AEMP_ID_AUTO, NULL), "");
}
END_TEST

/* Two machines with one EquipmentID are told apart, and a header that may be
 * of either is of neither, in whatever order they come. */
START_TEST(aemp_ids_never_join_by_an_id_given_twice)
{
	static const header p = { "CAT", "1", NULL, "P" },
			    q = { "CAT", "1", NULL, "Q" },
			    bare = { "CAT", "1", NULL, NULL };
	static const int order[6][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 },
		{ 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };
	static const char *const told[6] = { "ab-", "a-b", "ab-", "a-b", "-ab",
		"-ab" };
	const header *all[3] = { &p, &q, &bare };
	header h[3];

	for (int i = 0; i < 6; i++) {
		const char *got;

		for (int k = 0; k < 3; k++)
			memcpy(h[k], *all[order[i][k]], sizeof h[k]);
		got = MACHINES(h, AEMP_ID_PIN);
		ck_assert_msg(strncmp(got, told[i], 3) == 0, "%d: %s", i, got);
		ck_assert_ptr_nonnull(strstr(got, "identity-conflict"));
	}
}
END_TEST

START_TEST(aemp_ids_join_by_equipment_where_nothing_speaks_against_it)
{
	static const header h[] = { { "CAT", "1", NULL, "P" },
		{ "CAT", "1", NULL, NULL }, { "CAT", "1", "S", NULL },
		{ "CAT", "2", "S", NULL } };

	ck_assert_str_eq(MACHINES(h, AEMP_ID_AUTO), "aaaa identity-changed");
	ck_assert_str_eq(MACHINES(h, AEMP_ID_PIN), "aaaa");
}
END_TEST

START_TEST(aemp_queue_gives_back_what_was_put)
{
	/* None, less than a block, some blocks, and beyond memory. */
	const uint64_t counts[] = { 0, 1, 1000, 100000, 300000 };

	for (size_t i = 0; i < COUNT(counts); i++) {
		struct aemp_queue *q = aemp_queue_new(5000000);
		struct evidence_reading r = { 0 }, *block;
		uint64_t at = 0;
		size_t n;

		for (; r.line < counts[i]; r.line++)
			if (aemp_queue_put(q, &r) != 0)
				ck_abort_msg("cannot be put");
		while ((block = aemp_queue_next(q, &n)) != NULL) {
			for (size_t k = 0; k < n; k++)
				if (block[k].line != at++)
					ck_abort_msg("no. %zu of %zu", k, n);
			free(block);
		}
		ck_assert_uint_eq(at, counts[i]);
		ck_assert(!aemp_queue_failed(q));
		aemp_queue_free(q);
	}
	aemp_queue_free(NULL);
}
END_TEST

START_TEST(aemp_queue_may_end_before_it_is_read)
{
	struct aemp_queue *q = aemp_queue_new(0);
	struct evidence_reading r = { 0 };
	size_t n;

	for (int i = 0; i < 100000; i++)
		ck_assert_int_eq(aemp_queue_put(q, &r), 0);
	free(aemp_queue_next(q, &n));
	aemp_queue_free(q);
}
END_TEST

Suite *
aemp_suite(void)
{
	Suite *s = suite_create("aemp");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, aemp_value_knows_its_sections);
	tcase_add_test(tc, aemp_value_reads_hours_and_status);
	tcase_add_test(tc, aemp_value_finds_the_machine_in_an_address);
	tcase_add_test(tc, aemp_queue_gives_back_what_was_put);
	tcase_add_test(tc, aemp_queue_may_end_before_it_is_read);
	tcase_add_test(tc, aemp_ids_equal_headers_are_one);
	tcase_add_test(tc, aemp_ids_join_by_pin_and_by_serial_of_one_make);
	tcase_add_test(tc, aemp_ids_take_the_first_kind_that_all_have);
	tcase_add_test(tc, aemp_ids_never_join_by_an_id_given_twice);
	tcase_add_test(
	    tc, aemp_ids_join_by_equipment_where_nothing_speaks_against_it);
	suite_add_tcase(s, tc);
	return s;
}
