/* test_files.c - base/files.c and base/members.c */

#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <check.h>
#include <string.h>

#include "base/files.h"
#include "base/members_kind.h"
#include "base/unpack.h"
#include "help.h"
#include "suites.h"

static const char *const formats[] = { "zip", "ustar" };

/* A member: what begins with "->" is a link to the rest. */
struct part {
	const char *name, *text;
	size_t len;
};

/* An archive of ${n} parts, at ${to}; ${password} for all, or NULL. */
static void
build(const char *format, const char *password, const struct part *parts,
    size_t n, struct buf *to)
{
	struct archive *a = archive_write_new();
	size_t room = 4 << 20, used = 0;

	buf_clear(to);
	ck_assert_int_eq(archive_write_set_format_by_name(a, format), 0);
	archive_write_set_bytes_in_last_block(a, 1);
	if (password != NULL) {
		archive_write_set_options(a, "zip:encryption=zipcrypt");
		archive_write_set_passphrase(a, password);
	}
	ck_assert_int_eq(
	    archive_write_open_memory(a, buf_room(to, room), room, &used), 0);
	for (size_t i = 0; i < n; i++) {
		struct archive_entry *e = archive_entry_new();
		size_t len = parts[i].len;

		if (len == 0)
			len = strlen(parts[i].text);
		archive_entry_set_pathname(e, parts[i].name);
		archive_entry_set_perm(e, 0644);
		if (strncmp(parts[i].text, "->", 2) == 0) {
			archive_entry_set_filetype(e, AE_IFLNK);
			archive_entry_set_symlink(e, parts[i].text + 2);
			len = 0;
		} else if (parts[i].name[strlen(parts[i].name) - 1] == '/') {
			archive_entry_set_filetype(e, AE_IFDIR);
		} else {
			archive_entry_set_filetype(e, AE_IFREG);
			archive_entry_set_size(e, (la_int64_t)len);
		}
		ck_assert_int_eq(archive_write_header(a, e), 0);
		if (len > 0)
			archive_write_data(a, parts[i].text, len);
		archive_entry_free(e);
	}
	ck_assert_int_eq(archive_write_close(a), 0);
	archive_write_free(a);
	buf_used(to, used);
}

/* "name: bytes" of each file that comes of ${b}; names without the path of the
 * archive.  0, or -1 where something could not be read. */
static int
all_of(const struct buf *b, const struct files_limits *limits,
    enum files_archives what, struct buf *to)
{
	char *path = help_file(b->data, b->len);
	char *const paths[] = { path, NULL };
	struct files *f = files_open(paths, limits);
	char some[4096];
	int failed;

	buf_clear(to);
	files_archives(f, what);
	while (files_next(f)) {
		long n;

		buf_printf(to, "%s:", files_name(f) + strlen(path));
		while ((n = files_read(f, some, sizeof some)) > 0)
			buf_put(to, some, (size_t)n);
		ck_assert_int_eq(files_read(f, some, sizeof some) < 0, n < 0);
	}
	failed = files_failed(f);
	files_close(f);
	help_remove(path);
	return failed ? -1 : 0;
}

/* The same of archives that are opened; what was said must hold ${said}. */
static int
opened(const struct buf *b, struct buf *to, const char *said)
{
	const char *heard;
	int got;

	help_listen();
	got = all_of(b, &files_limits, FILES_OPENED, to);
	heard = help_heard();
	ck_assert_msg(
	    said != NULL ? strstr(heard, said) != NULL : *heard == '\0', "%s",
	    heard);
	return got;
}

START_TEST(files_are_the_members_of_an_archive)
{
	static const struct part parts[] = { { "jan/", "", 0 },
		{ "jan/a.csv", "a;b\n1;2\n", 0 }, { "empty", "", 0 },
		{ "../up", "x", 0 }, { "b\xe5.csv", "y\n", 0 } };
	struct buf b = { 0 }, got = { 0 };

	build(formats[_i], NULL, parts, 5, &b);
	ck_assert_int_eq(opened(&b, &got, NULL), 0);
	ck_assert_str_eq(buf_text(&got),
	    "/jan/a.csv:a;b\n1;2\n/empty:/../up:x/b%E5.csv:y\n");
	buf_free(&b);
	buf_free(&got);
}
END_TEST

START_TEST(files_in_packed_archives_and_packed_files_in_archives)
{
	struct buf b = { 0 }, zipped = { 0 }, got = { 0 };
	struct part parts[] = { { "a.gz", "", 0 }, { "b", "plain", 0 } };

	help_filter("gzip -c", "inner\n", 6, &zipped);
	parts[0].text = zipped.data;
	parts[0].len = zipped.len;
	build("ustar", NULL, parts, 2, &b);
	for (int i = 0; i < 2; i++) {
		struct buf packed = { 0 };

		help_filter(i ? "xz -c" : "gzip -c", b.data, b.len, &packed);
		ck_assert_int_eq(opened(&packed, &got, NULL), 0);
		ck_assert_str_eq(buf_text(&got), "/a.gz:inner\n/b:plain");
		buf_free(&packed);
	}
	buf_free(&b);
	buf_free(&zipped);
	buf_free(&got);
}
END_TEST

START_TEST(files_refuse_archives_unless_told)
{
	static const struct part parts[] = { { "a", "1\n", 0 } };
	struct buf b = { 0 }, got = { 0 };

	build(formats[_i], NULL, parts, 1, &b);
	help_listen();
	ck_assert_int_eq(all_of(&b, &files_limits, FILES_REFUSED, &got), -1);
	ck_assert_ptr_nonnull(strstr(help_heard(), "one file is wanted"));
	ck_assert_uint_eq(got.len, 0);
	buf_free(&b);
	buf_free(&got);
}
END_TEST

START_TEST(files_name_what_they_do_not_open)
{
	struct buf b = { 0 }, inner = { 0 }, got = { 0 };
	struct part nested[] = { { "in.zip", "", 0 }, { "z", "last", 0 } };
	static const struct part one[] = { { "a", "1\n", 0 } },
				 link[] = { { "l", "->a", 0 },
					 { "m", "->/etc/passwd", 0 },
					 { "z", "last", 0 } },
				 mac[] = { { "__MACOSX/._z", "junk", 0 },
					 { "z", "last", 0 } },
				 excel[] = { { "[Content_Types].xml", "<", 0 },
					 { "xl/workbook.xml", "<", 0 } };

	build(formats[_i], NULL, one, 1, &inner);
	nested[0].text = inner.data;
	nested[0].len = inner.len;
	build(formats[_i], NULL, nested, 2, &b);
	ck_assert_int_eq(opened(&b, &got, "/in.zip: error: an archive"), -1);
	ck_assert_str_eq(buf_text(&got), "/z:last");
	build(formats[_i], NULL, link, 3, &b);
	ck_assert_int_eq(opened(&b, &got, "passed over 2 that"), 0);
	ck_assert_str_eq(buf_text(&got), "/z:last");
	build(formats[_i], NULL, mac, 2, &b);
	ck_assert_int_eq(opened(&b, &got, "passed over 1 that"), 0);
	ck_assert_str_eq(buf_text(&got), "/z:last");
	build(formats[_i], NULL, excel, 2, &b);
	ck_assert_int_eq(opened(&b, &got, "an Excel workbook"), -1);
	ck_assert_uint_eq(got.len, 0);
	build(formats[_i], NULL, one, 0, &b);
	ck_assert_int_eq(opened(&b, &got, _i == 0 ? "has no files" : NULL),
	    _i == 0 ? -1 : 0);
	build("zip", "secret", one, 1, &b);
	ck_assert_int_eq(opened(&b, &got, "has a password"), -1);
	buf_free(&b);
	buf_free(&inner);
	buf_free(&got);
}
END_TEST

/* Cut anywhere, it is said; one bit flipped, it is said or of no account. */
START_TEST(files_never_give_other_bytes_of_a_damaged_archive)
{
	static const struct part parts[] = { { "a", "1;Working;2\n", 0 },
		{ "b", "3;Idle;4\n", 0 } };
	struct buf b = { 0 }, got = { 0 };
	size_t len, step = help_trials(30) == 30 ? 1 : 61;

	build(formats[_i], NULL, parts, 2, &b);
	len = b.len;
	help_listen();
	for (b.len = 512 * (size_t)_i + 4; b.len < len - 512 * (size_t)_i;
	     b.len += 3 * step)
		ck_assert_msg(
		    all_of(&b, &files_limits, FILES_OPENED, &got) != 0,
		    "%zu of %zu bytes", b.len, len);
	b.len = len;
	for (size_t i = 8 * 4; i < 8 * len; i += 7 * step) {
		b.data[i / 8] ^= (char)(1 << i % 8);
		if (all_of(&b, &files_limits, FILES_OPENED, &got) == 0 &&
		    _i == 0)
			ck_assert_msg(
			    strstr(buf_text(&got), ":1;Working;2\n") != NULL &&
				strstr(buf_text(&got), ":3;Idle;4\n") != NULL,
			    "bit %zu", i);
		b.data[i / 8] ^= (char)(1 << i % 8);
	}
	(void)help_heard();
	buf_free(&b);
	buf_free(&got);
}
END_TEST

START_TEST(files_hold_archives_to_their_limits)
{
	static char zeros[100000];
	const struct part parts[] = { { "a", zeros, sizeof zeros },
		{ "b", zeros, sizeof zeros }, { "c", "x", 0 } };
	static const struct files_limits limits[] = {
		{ 3, 200001, 1000, 1000 }, /* enough */
		{ 2, 1000000, 1000, 1000 }, { 9, 150000, 1000, 1000 },
		{ 9, 1000000, 20, 50000 },
		{ 9, 1000000, 20, 1000000 }, /* enough */
	};
	struct buf b = { 0 }, got = { 0 };

	build("zip", NULL, parts, 3, &b);
	for (size_t i = 0; i < 5; i++) {
		int enough = i == 0 || i == 4;

		help_listen();
		ck_assert_int_eq(all_of(&b, &limits[i], FILES_OPENED, &got),
		    enough ? 0 : -1);
		ck_assert_int_eq(
		    strstr(help_heard(), "[archive-limit]") != NULL, !enough);
		ck_assert_int_eq(got.len > 200000, enough || i == 1);
	}
	buf_free(&b);
	buf_free(&got);
}
END_TEST

START_TEST(no_text_is_an_archive)
{
	unsigned char head[UNPACK_HEAD];

	ck_assert_int_eq(
	    members_kind((const unsigned char *)"a;b\n", 4), MEMBERS_NONE);
	ck_assert_int_eq(
	    members_kind((const unsigned char *)"PK;b\n", 5), MEMBERS_NONE);
	memset(head, ' ', sizeof head);
	ck_assert_int_eq(members_kind(head, sizeof head), MEMBERS_NONE);
	memcpy(head + 257, "ustar", 5);
	ck_assert_int_eq(members_kind(head, sizeof head), MEMBERS_NONE);
	memset(head, 0, sizeof head);
	ck_assert_int_eq(members_kind(head, sizeof head), MEMBERS_NONE);
}
END_TEST

Suite *
files_suite(void)
{
	Suite *s = suite_create("files");
	TCase *tc = tcase_create("core");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, files_are_the_members_of_an_archive, 0, 2);
	tcase_add_test(
	    tc, files_in_packed_archives_and_packed_files_in_archives);
	tcase_add_loop_test(tc, files_refuse_archives_unless_told, 0, 2);
	tcase_add_loop_test(tc, files_name_what_they_do_not_open, 0, 2);
	tcase_add_loop_test(
	    tc, files_never_give_other_bytes_of_a_damaged_archive, 0, 2);
	tcase_add_test(tc, files_hold_archives_to_their_limits);
	tcase_add_test(tc, no_text_is_an_archive);
	suite_add_tcase(s, tc);
	return s;
}
