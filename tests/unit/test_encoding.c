/* test_encoding.c - base/encoding.c */

#include "config.h"

#include <check.h>
#include <iconv.h>
#include <string.h>

#include "base/encoding.h"
#include "base/utf8.h"
#include "help.h"
#include "suites.h"

/* Convert in steps of ${step} bytes, into ${room} bytes at a time. */
static void
convert(const char *name, const char *s, size_t len, size_t step, size_t room,
    struct buf *b)
{
	struct encoding *e = encoding_new(name);
	char held[64], out[256];
	size_t have = 0, at = 0, idle = 0;

	ck_assert_ptr_nonnull(e);
	do {
		const char *in = held;
		size_t n = len - at < step ? len - at : step, written;

		memcpy(held + have, s + at, n);
		have += n;
		at += n;
		written = encoding_convert(e, &in, &have, out, room, at == len);
		ck_assert_uint_le(written, room);
		ck_assert_uint_le((size_t)(in - held) + have, sizeof held);
		memmove(held, in, have);
		buf_put(b, out, written);
		idle = written > 0 || at < len ? 0 : idle + 1;
	} while (at < len || have > 0 || idle == 0);
	encoding_free(e);
}

static void
gives(const char *name, const char *s, size_t len, const char *want,
    size_t want_len)
{
	for (size_t step = 1; step <= 16; step++)
		for (size_t room = 8; room <= 32; room += 3) {
			struct buf b = { 0 };

			convert(name, s, len, step, room, &b);
			ck_assert_msg(b.len == want_len &&
					  memcmp(b.data, want, want_len) == 0,
			    "%s by %zu into %zu: '%s'", name, step, room,
			    buf_text(&b));
			buf_free(&b);
		}
}

#define GIVES(name, s, want)                                                   \
	gives(name, s, sizeof(s) - 1, want, sizeof(want) - 1)

START_TEST(encoding_gives_the_same_for_any_pieces)
{
	GIVES("windows-1252",
	    "bl\xe5 \x80 r\xf8"
	    "d",
	    "blå € rød");
	GIVES("iso-8859-1", "k\xf8\n\xe6\xff", "kø\næÿ");
	GIVES("utf-16le", "\x61\0\x3d\xd8\x0a\xdc\x62\0\0\0\xe5\0", "a🐊b\0å");
	GIVES("utf-16be", "\0\x61\xd8\x3d\xdc\x0a", "a🐊");
	GIVES("utf-32le", "\x61\0\0\0\x0a\xf4\x01\0", "a🐊");
	GIVES("shift_jis", "\x93\xfa\x96{a", "日本a");
	GIVES("iso-2022-jp", "\x1b$BF|\x1b(Ba", "日a");
	GIVES("utf-8", "bl\xc3\xa5", "blå");
}
END_TEST

START_TEST(encoding_marks_each_byte_that_is_none)
{
	GIVES("windows-1252", "a\x81 b\x90", "a\xff b\xff");
	GIVES("us-ascii", "a\x80\xff z", "a\xff\xff z");
	GIVES("utf-8", "a\xc3(\xed\xa0\x80z", "a\xff(\xff\xff\xffz");
	/* Half a pair, then a whole letter. */
	GIVES("utf-16le", "\x3d\xd8\x62\0",
	    "\xff\xff"
	    "b");
}
END_TEST

START_TEST(encoding_cut_at_the_end_is_marked)
{
	GIVES("utf-16le", "\x61\0\x62", "a\xff");
	GIVES("utf-8", "a\xf0\x9f\x90", "a\xff\xff\xff");
	GIVES("shift_jis", "a\x93", "a\xff");
}
END_TEST

/* Some encodings hold a letter back until they know that no accent follows. */
START_TEST(encoding_loses_no_letter_that_is_held_back)
{
	GIVES("cp1258", "abc", "abc");
	GIVES("cp1258", "a\xcc", "\xc3\xa0");
	GIVES("tcvn", "xe", "xe");
	GIVES("big5-hkscs", "a\x88\x66", "aÊ");
	GIVES("big5-hkscs", "\x88\x66\xff z", "Ê\xff z");
	GIVES("shift_jisx0213", "a\x82\xf5", "aか゚");
	GIVES("euc-jisx0213", "\xa4\xab", "か");
}
END_TEST

/* Every byte of every small encoding, against iconv byte by byte. */
START_TEST(encoding_tables_say_what_iconv_says)
{
	static const char *const names[] = { "windows-1250", "windows-1251",
		"windows-1252", "windows-1257", "iso-8859-1", "iso-8859-2",
		"iso-8859-15", "cp437", "cp850", "cp865", "koi8-r",
		"macintosh" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		iconv_t cd = iconv_open("UTF-8", names[i]);

		for (int c = 0; c < 256; c++) {
			char byte = (char)c, want[8] = "\xff", *in = &byte;
			char *out = want;
			size_t in_len = 1, room = sizeof want, len = 1;
			struct buf b = { 0 };

			if (iconv(cd, &in, &in_len, &out, &room) == 0)
				len = sizeof want - room;
			convert(names[i], &byte, 1, 1, 8, &b);
			ck_assert_uint_eq(b.len, len);
			ck_assert_mem_eq(b.data, want, len);
			buf_free(&b);
		}
		iconv_close(cd);
	}
}
END_TEST

START_TEST(encoding_never_stalls_on_noise)
{
	static const char *const names[] = { "utf-16be", "utf-16", "utf-16le",
		"utf-32", "utf-7", "shift_jis", "euc-jp", "gb18030",
		"big5-hkscs", "iso-2022-kr", "cp1258", "windows-1252" };
	struct help_chance c = help_chance("encoding");

	for (int i = 0; i < help_trials(600); i++) {
		const char *name = help_pick(&c, names, 12);
		struct buf b = { 0 };
		char s[48];

		for (size_t k = 0; k < sizeof s; k++)
			s[k] = (char)help_below(&c, 256);
		convert(name, s, sizeof s, help_below(&c, 15) + 1,
		    help_below(&c, 90) + 8, &b);
		/* What is no mark is UTF-8. */
		for (size_t k = 0, n; k < b.len; k += n) {
			n = utf8_prefix(b.data + k, b.len - k);
			if (n == 0) {
				ck_assert_int_eq(b.data[k], '\xff');
				n = 1;
			}
		}
		buf_free(&b);
	}
}
END_TEST

START_TEST(encoding_of_no_such_name_is_null)
{
	ck_assert_ptr_null(encoding_new("no-such-encoding"));
}
END_TEST

START_TEST(encoding_free_welcomes_null)
{
	encoding_free(NULL);
}
END_TEST

Suite *
encoding_suite(void)
{
	Suite *s = suite_create("encoding");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, encoding_gives_the_same_for_any_pieces);
	tcase_add_test(tc, encoding_marks_each_byte_that_is_none);
	tcase_add_test(tc, encoding_cut_at_the_end_is_marked);
	tcase_add_test(tc, encoding_loses_no_letter_that_is_held_back);
	tcase_add_test(tc, encoding_tables_say_what_iconv_says);
	tcase_add_test(tc, encoding_never_stalls_on_noise);
	tcase_add_test(tc, encoding_of_no_such_name_is_null);
	tcase_add_test(tc, encoding_free_welcomes_null);
	suite_add_tcase(s, tc);
	return s;
}
