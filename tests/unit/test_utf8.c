/* test_utf8.c - base/utf8.c */

#include "config.h"

#include <check.h>
#include <string.h>

#include "base/utf8.h"
#include "help.h"
#include "suites.h"

/*
 * RFC 3629 read the other way round: write a code point's bits, and see
 * whether that is what stands there.
 */
static size_t
encode(unsigned long point, char to[4])
{
	if (point < 0x80) {
		to[0] = (char)point;
		return 1;
	}
	if (point < 0x800) {
		to[0] = (char)(0xc0 | point >> 6);
		to[1] = (char)(0x80 | (point & 0x3f));
		return 2;
	}
	if (point < 0x10000) {
		to[0] = (char)(0xe0 | point >> 12);
		to[1] = (char)(0x80 | (point >> 6 & 0x3f));
		to[2] = (char)(0x80 | (point & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | point >> 18);
	to[1] = (char)(0x80 | (point >> 12 & 0x3f));
	to[2] = (char)(0x80 | (point >> 6 & 0x3f));
	to[3] = (char)(0x80 | (point & 0x3f));
	return 4;
}

/* The character that stands at ${s}, by its definition. */
static size_t
plainly(const char *s, size_t len)
{
	static const unsigned char lead[5] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	const unsigned char *u = (const unsigned char *)s;

	for (size_t n = 1; n <= 4 && n <= len; n++) {
		unsigned long point = u[0] & lead[n];
		char back[4];

		for (size_t i = 1; i < n; i++)
			point = point << 6 | (u[i] & 0x3f);
		if (point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) &&
		    encode(point, back) == n && memcmp(back, s, n) == 0)
			return n;
	}
	return 0;
}

START_TEST(utf8_character_takes_every_code_point)
{
	char s[4];

	for (unsigned long point = 0; point <= 0x10ffff; point++) {
		size_t n = encode(point, s);
		int surrogate = point >= 0xd800 && point <= 0xdfff;

		if (utf8_character(s, n) != (surrogate ? 0 : n))
			ck_abort_msg("U+%04lX", point);
		for (size_t cut = 1; cut < n; cut++)
			if (utf8_character(s, cut) != 0)
				ck_abort_msg("U+%04lX cut", point);
	}
}
END_TEST

START_TEST(utf8_character_agrees_with_the_definition)
{
	static const unsigned char edges[] = { 0x00, 0x41, 0x7f, 0x80, 0x8f,
		0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xed, 0xff };

	unsigned step = help_trials(30) == 30 ? 1 : 29;

	/* Every pair of bytes, and every edge behind it. */
	for (unsigned pair = 0; pair < 0x10000; pair += step)
		for (size_t i = 0; i < sizeof edges; i++)
			for (size_t k = 0; k < sizeof edges; k++) {
				const char s[4] = { (char)(pair >> 8),
					(char)pair, (char)edges[i],
					(char)edges[k] };

				if (utf8_character(s, 4) != plainly(s, 4))
					ck_abort_msg("%04x %02x %02x", pair,
					    edges[i], edges[k]);
			}
}
END_TEST

START_TEST(utf8_reads_not_a_byte_too_many)
{
	for (int c = 0; c < 256; c++) {
		char s[4] = { (char)c, (char)0x90, (char)0x90, (char)0x90 };

		for (size_t n = 1; n <= 4; n++) {
			const char *edge = help_edge(s, n);

			ck_assert_uint_eq(
			    utf8_character(edge, n), plainly(s, n));
			(void)utf8_prefix(edge, n);
		}
	}
	ck_assert_uint_eq(utf8_prefix(help_edge("", 0), 0), 0);
}
END_TEST

START_TEST(utf8_prefix_is_the_longest)
{
	struct help_chance c = help_chance("utf8");
	static const char *const pieces[] = { "a", "plain text, long", "å", "€",
		"🐊", "\x80", "\xc3", "\xe2\x82", "\xed\xa0\x80",
		"\xf4\x90\x80\x80" };

	for (int i = 0; i < help_trials(20000); i++) {
		size_t kinds = help_below(&c, 2) ? 5 : 10, want = 0, n;
		struct buf b = { 0 };

		for (size_t k = help_below(&c, 12); k > 0; k--)
			buf_puts(&b, help_pick(&c, pieces, kinds));
		while (want < b.len &&
		       (n = plainly(b.data + want, b.len - want)) > 0)
			want += n;
		ck_assert_uint_eq(
		    utf8_prefix(help_edge(buf_text(&b), b.len), b.len), want);
		buf_free(&b);
	}
}
END_TEST

Suite *
utf8_suite(void)
{
	Suite *s = suite_create("utf8");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, utf8_character_takes_every_code_point);
	tcase_add_test(tc, utf8_character_agrees_with_the_definition);
	tcase_add_test(tc, utf8_reads_not_a_byte_too_many);
	tcase_add_test(tc, utf8_prefix_is_the_longest);
	suite_add_tcase(s, tc);
	return s;
}
