/* test_number.c - base/number.c */

#include "config.h"

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "help.h"
#include "suites.h"

static const struct number_style plain = { '.', NULL };
static const struct number_style norse = { ',', " " };
static const struct number_style english = { '.', "," };
static const struct number_style swiss = { '.', "\xe2\x80\x99" };

static const struct {
	const char *text;
	const struct number_style *style;
	int64_t unit, value;
	int digits; /* -1: no number */
} cases[] = {
	{ "0", &plain, 1, 0, 0 }, { "12.50", &plain, 1, 12, 2 },
	{ "-12.50", &plain, 1, -13, 2 }, { "-12.00", &plain, 1, -12, 2 },
	{ "+7", &plain, 1000, 7000, 0 }, { "-0", &plain, 1, 0, 0 },
	{ "1.5", &plain, 3600000, 5400000, 1 }, { "0.1", &plain, 3600, 360, 1 },
	{ "007.10", &plain, 10, 71, 2 }, { "1,5", &norse, 10, 15, 1 },
	{ "0.0000000000000000001", &plain, 1, 0, 19 },
	{ "-0.0000000000000000001", &plain, 1, -1, 19 },
	{ "-0.0000000000000000000", &plain, 1, 0, 19 },
	{ "0.9999999999999999999", &plain, 1000, 999, 19 },
	/* The exact product, however many digits it hangs on. */
	{ "0.33333333333333333333", &plain, 3, 0, 20 },
	{ "0.33333333333333333334", &plain, 3, 1, 20 },
	{ "-0.33333333333333333334", &plain, 3, -2, 20 },
	{ "0.333333333333333333333333333333333333333333", &plain, 3600000,
	    1199999, 42 },
	{ "9223372036854775807", &plain, 1, INT64_MAX, 0 },
	{ "-9223372036854775808", &plain, 1, INT64_MIN, 0 },
	{ "9223372036854775807.9", &plain, 1, INT64_MAX, 1 },
	{ "-9223372036854775807.9", &plain, 1, INT64_MIN, 1 },
	{ "9223372036854775.807", &plain, 1000, INT64_MAX, 3 },
	{ "9223372036854775808", &plain, 1, 0, -1 },
	{ "-9223372036854775808.1", &plain, 1, 0, -1 },
	{ "-9223372036854775809", &plain, 1, 0, -1 },
	{ "9223372036854775.808", &plain, 1000, 0, -1 },
	{ "99999999999999999999", &plain, 1, 0, -1 },
	{ "9223372036854775807.000000000000000001", &plain, 3600000, 0, -1 },
	{ "5124095576030431.000000000000000001", &plain, 3600000, 0, -1 },
	{ "1 234", &norse, 1, 1234, 0 },
	{ "1 234 567,5", &norse, 10, 12345675, 1 },
	{ "12\xc2\xa0"
	  "345",
	    &norse, 1, 12345, 0 },
	{ "12\xe2\x80\xaf"
	  "345",
	    &norse, 1, 12345, 0 },
	{ "-1,234.5", &english, 10, -12345, 1 },
	{ "1\xe2\x80\x99"
	  "234",
	    &swiss, 1, 1234, 0 },
	{ "1234", &norse, 1, 1234, 0 }, { "1 23", &norse, 1, 0, -1 },
	{ "1 2345", &norse, 1, 0, -1 }, { "1234 567", &norse, 1, 0, -1 },
	{ "1  234", &norse, 1, 0, -1 }, { " 123", &norse, 1, 0, -1 },
	{ "123 ", &norse, 1, 0, -1 }, { "1,234 5", &norse, 1, 0, -1 },
	{ "1,234,56", &english, 1, 0, -1 }, { "1 234", &plain, 1, 0, -1 },
	{ "1,5", &plain, 1, 0, -1 }, { "1.5", &norse, 1, 0, -1 },
	{ "", &plain, 1, 0, -1 }, { "-", &plain, 1, 0, -1 },
	{ "+-1", &plain, 1, 0, -1 }, { "--1", &plain, 1, 0, -1 },
	{ ".5", &plain, 1, 0, -1 }, { "5.", &plain, 1, 0, -1 },
	{ "1.5.5", &plain, 1, 0, -1 }, { "1e3", &plain, 1, 0, -1 },
	{ "1.5e3", &plain, 1, 0, -1 }, { "0x10", &plain, 1, 0, -1 },
	{ "inf", &plain, 1, 0, -1 }, { "nan", &plain, 1, 0, -1 },
	{ " 1", &plain, 1, 0, -1 }, { "1 ", &plain, 1, 0, -1 },
	{ "1a", &plain, 1, 0, -1 },
	{ "\xd9\xa1", &plain, 1, 0, -1 }, /* an Arabic one */
};

START_TEST(number_scaled_is_exact)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		size_t len = strlen(cases[i].text);
		int64_t value = 42;
		int digits = 42;
		int got = number_scaled(help_edge(cases[i].text, len), len,
		    cases[i].style, cases[i].unit, &value, &digits);

		if (cases[i].digits < 0)
			ck_assert_msg(got == -1 && value == 42 && digits == 42,
			    "'%s': %d, %" PRId64, cases[i].text, got, value);
		else
			ck_assert_msg(got == 0 && value == cases[i].value &&
					  digits == cases[i].digits,
			    "'%s': %d, %" PRId64 ", %d", cases[i].text, got,
			    value, digits);
	}
}
END_TEST

/* A decimal of at most twelve digits, in whole numbers only. */
START_TEST(number_scaled_agrees_with_long_division)
{
	struct help_chance c = help_chance("number");

	for (int i = 0; i < help_trials(50000); i++) {
		int64_t unit = (int64_t)help_below(&c, 5000000) + 1, value;
		int64_t whole = (int64_t)help_below(&c, 1000000), scale = 1;
		int digits = (int)help_below(&c, 7), negative, got_digits;
		int64_t part, want;
		char text[64];
		size_t len;

		for (int k = 0; k < digits; k++)
			scale *= 10;
		part = (int64_t)help_below(&c, (uint64_t)scale);
		negative = (int)help_below(&c, 2);
		len = (size_t)snprintf(text, sizeof text, "%s%" PRId64,
		    negative ? "-" : "", whole);
		if (digits > 0)
			len += (size_t)snprintf(text + len, sizeof text - len,
			    ".%0*" PRId64, digits, part);
		want = part * unit;
		want = negative ? -whole * unit - (want + scale - 1) / scale
				: whole * unit + want / scale;
		ck_assert_int_eq(
		    number_scaled(text, len, &plain, unit, &value, &got_digits),
		    0);
		ck_assert_msg(value == want, "%s x %" PRId64, text, unit);
		ck_assert_int_eq(got_digits, digits);
		ck_assert_int_eq(
		    number_scaled(text, len, &plain, unit, &value, NULL), 0);
	}
}
END_TEST

START_TEST(number_whole_reads_digits_and_nothing_else)
{
	static const struct {
		const char *text;
		uint64_t max, value;
		int got;
	} whole[] = {
		{ "0", 0, 0, 0 },
		{ "007", 7, 7, 0 },
		{ "18446744073709551615", UINT64_MAX, UINT64_MAX, 0 },
		{ "00000000000000000000000001", 1, 1, 0 },
		{ "18446744073709551616", UINT64_MAX, 0, -1 },
		{ "99999999999999999999", UINT64_MAX, 0, -1 },
		{ "8", 7, 0, -1 },
		{ "", 7, 0, -1 },
		{ "-1", 7, 0, -1 },
		{ "+1", 7, 0, -1 },
		{ "1.0", 7, 0, -1 },
		{ " 1", 7, 0, -1 },
		{ "1 ", 7, 0, -1 },
		{ "1e1", 70, 0, -1 },
	};

	for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) {
		size_t len = strlen(whole[i].text);
		uint64_t value = 42;

		ck_assert_int_eq(number_whole(help_edge(whole[i].text, len),
				     len, whole[i].max, &value),
		    whole[i].got);
		ck_assert_uint_eq(
		    value, whole[i].got == 0 ? whole[i].value : 42);
	}
	ck_assert_int_eq(number_whole("1\0", 2, 9, &(uint64_t){ 0 }), -1);
}
END_TEST

START_TEST(number_bytes_reads_powers_of_1024)
{
	static const struct {
		const char *text;
		uint64_t bytes;
	} good[] = {
		{ "0", 0 },
		{ "1048576", 1048576 },
		{ "10k", 10240 },
		{ "10K", 10240 },
		{ "64M", 67108864 },
		{ "64m", 67108864 },
		{ "2G", 2147483648 },
		{ "2g", 2147483648 },
		{ "1T", 1099511627776 },
		{ "1t", 1099511627776 },
		{ "16777215T", 18446742974197923840u },
		{ "18446744073709551615", UINT64_MAX },
	};
	static const char *const bad[] = { "", "k", "M", "1kk", "1kB", "1MiB",
		"1.5G", "-1", "1 k", " 1k", "1k ", "1x", "0x10", "16777216T",
		"18014398509481984k", "18446744073709551616" };
	uint64_t bytes;

	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		ck_assert_int_eq(number_bytes(good[i].text, &bytes), 0);
		ck_assert_uint_eq(bytes, good[i].bytes);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		ck_assert_msg(
		    number_bytes(bad[i], &bytes) == -1, "'%s'", bad[i]);
}
END_TEST

Suite *
number_suite(void)
{
	Suite *s = suite_create("number");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, number_scaled_is_exact);
	tcase_add_test(tc, number_scaled_agrees_with_long_division);
	tcase_add_test(tc, number_whole_reads_digits_and_nothing_else);
	tcase_add_test(tc, number_bytes_reads_powers_of_1024);
	suite_add_tcase(s, tc);
	return s;
}
