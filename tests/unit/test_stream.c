/* test_stream.c - record/stream.c, by both its roads */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "help.h"
#include "record/stream.h"
#include "record/write.h"
#include "suites.h"

/* A stream over a file of its own. */
struct road {
	char *path, *paths[2];
	struct input *in;
	struct names *names;
	struct stream *stream;
	struct record record;
	struct problem problem;
};

static void
road_open(struct road *r, const void *s, size_t len, int careful)
{
	memset(r, 0, sizeof *r);
	r->path = r->paths[0] = help_file(s, len);
	r->in = input_open(r->paths);
	r->names = names_new();
	r->stream = stream_open(r->in, r->names);
	stream_careful(r->stream, careful);
}

static void
road_close(struct road *r)
{
	problem_free(&r->problem);
	stream_close(r->stream);
	names_free(r->names);
	input_close(r->in);
	help_remove(r->path);
}

static enum stream_got
step(struct road *r)
{
	return stream_next(r->stream, &r->record, &r->problem);
}

#define C "\"companyId\":\"c1\""
#define P "\"projectId\":\"p1\""
#define M "\"machineId\":\"EX 1\""
#define S "\"startTime\":\"2025-01-15T08:00:00Z\""
#define E "\"endTime\":\"2025-01-15T08:45:00Z\""
#define W "\"state\":\"Working\""
#define SIX C "," P "," M "," S "," E "," W

static const struct {
	const char *line, *code; /* NULL: a record */
	uint64_t column;
} lines[] = {
	{ "{" SIX "}", NULL, 0 },
	{ "{" SIX ",\"source\":\"a.csv:17\"}", NULL, 0 },
	{ "{" SIX ",\"source\":\"\",\"basis\":\"derived\"}", NULL, 0 },
	{ " { " W " ,\t" E "," S "," M "," P "," C " } \r", NULL, 0 },
	{ "{" SIX ",\"source\":\"\\u00e6\\/\"}", NULL, 0 },
	{ "{" SIX, "bad-json", 0 },
	{ "{" SIX "}}", "bad-json", 0 },
	{ "x", "bad-json", 1 },
	{ "[]", "bad-type", 1 },
	{ "17", "bad-type", 1 },
	{ "{}", "missing-key", 0 },
	{ "{" C "," P "," M "," S "," E "}", "missing-key", 0 },
	{ "{" SIX "," W "}", "duplicate-key", 0 },
	{ "{" SIX ",\"x\":\"y\"}", "unknown-key", 0 },
	{ "{\"x\":\"y\"," SIX "}", "unknown-key", 2 },
	{ "{\"companyId\":1," P "," M "," S "," E "," W "}", "bad-type", 2 },
	{ "{" SIX ",\"basis\":\"guessed\"}", "bad-type", 0 },
	{ "{" SIX ",\"basis\":\"\"}", "bad-type", 0 },
	{ "{" SIX ",\"vendorId\":\"V1\"}", NULL, 0 },
	{ "{\"vendorId\":\"EX 1\"," SIX "}", NULL, 0 },
	{ "{" SIX ",\"vendorId\":\"\"}", "empty-id", 0 },
	{ "{" SIX ",\"vendorId\":1}", "bad-type", 0 },
	{ "{" SIX ",\"vendorId\":\"a\\u0000\"}", "bad-escape", 0 },
	{ "{" SIX ",\"source\":null}", "bad-type", 0 },
	{ "{\"companyId\":\"\"," P "," M "," S "," E "," W "}", "empty-id", 2 },
	{ "{" C "," P "," M "," S "," E ",\"state\":\"\"}", "empty-id", 0 },
	{ "{" C "," P "," M ",\"startTime\":\"2025-01-15T08:00:00+01:00\"," E
	  "," W "}",
	    "bad-time", 0 },
	{ "{" C "," P "," M "," S ",\"endTime\":\"2025-02-30T08:00:00Z\"," W
	  "}",
	    "bad-time", 0 },
	{ "{" C "," P "," M "," S ",\"endTime\":\"\"," W "}", "bad-time", 0 },
	{ "{" SIX ",\"source\":\"\xff\"}", "bad-utf8", 0 },
	{ "{" SIX ",\"source\":\"\\ud800\"}", "bad-escape", 0 },
	{ "{\"$ditioStream\":2}", "bad-frame", 0 },
	{ "{\"ditioEnd\":{}}", "bad-frame", 0 },
};

START_TEST(stream_reads_records_and_names_problems)
{
	size_t n = sizeof lines / sizeof lines[0];
	struct buf b = { 0 };
	struct road r;

	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s\n\n \t\r\n", lines[i].line);
	road_open(&r, b.data, b.len, _i);
	for (size_t i = 0; i < n; i++) {
		enum stream_got got = step(&r);

		ck_assert_uint_eq(stream_number(r.stream), 3 * i + 1);
		ck_assert_str_eq(stream_name(r.stream), r.path);
		if (lines[i].code == NULL) {
			ck_assert_msg(got == STREAM_RECORD, "%s: %s",
			    lines[i].line, buf_text(&r.problem.text));
			ck_assert_uint_eq(r.record.flags, 0);
			continue;
		}
		ck_assert_int_eq(got, STREAM_PROBLEM);
		ck_assert_msg(strcmp(r.problem.code, lines[i].code) == 0,
		    "%s: %s", lines[i].line, r.problem.code);
		ck_assert_int_eq(r.problem.severity, SEVERITY_ERROR);
		ck_assert_str_eq(r.problem.file, r.path);
		ck_assert_uint_eq(r.problem.line, 3 * i + 1);
		ck_assert_str_ne(buf_text(&r.problem.text), "");
		if (lines[i].column > 0)
			ck_assert_uint_eq(r.problem.column, lines[i].column);
	}
	ck_assert_int_eq(step(&r), STREAM_END);
	ck_assert_int_eq(step(&r), STREAM_END);
	road_close(&r);
	buf_free(&b);
}
END_TEST

START_TEST(stream_canonical_is_only_what_may_be_copied)
{
	static const char text[] = "{" SIX ",\"source\":\"a:1\"}\n"
				   "{" SIX " }\n"
				   "{" SIX "}\r\n"
				   "{" SIX ",\"basis\":\"derived\"}\n"
				   "{" SIX ",\"vendorId\":\"V\"}\n"
				   "{" SIX ",\"vendorId\":\"EX 1\"}\n"
				   "{" SIX ",\"vendorId\":\"V\" }\n"
				   "{" SIX ",\"vendorId\":\"V\",\"basis\":"
				   "\"derived\"}\n";
	static const int canonical[] = { 1, 0, 0, 1, 1, 0, 0, 0 };
	struct buf b = { 0 }, written = { 0 };
	struct road r;
	const char *line;
	size_t len;

	buf_puts(&b, text);
	for (int i = 0; i < 1100000; i++)
		buf_putc(&b, 'x');
	buf_puts(&b, "\n");
	road_open(&r, b.data, b.len, 0);
	for (size_t i = 0; i < 8; i++) {
		ck_assert_int_eq(step(&r), STREAM_RECORD);
		line = stream_canonical(r.stream, &len);
		ck_assert_int_eq(line != NULL, canonical[i]);
		if (line == NULL)
			continue;
		buf_clear(&written);
		write_line(&written, r.names, &r.record);
		ck_assert_uint_eq(written.len, len);
		ck_assert_mem_eq(written.data, line, len);
	}
	/* Neither a problem nor the end has a line to copy. */
	ck_assert_int_eq(step(&r), STREAM_PROBLEM);
	ck_assert_str_eq(r.problem.code, "too-long-line");
	ck_assert_ptr_null(stream_canonical(r.stream, &len));
	ck_assert_int_eq(step(&r), STREAM_END);
	ck_assert_ptr_null(stream_canonical(r.stream, &len));
	road_close(&r);
	buf_free(&b);
	buf_free(&written);
}
END_TEST

static const char *const texts[] = { "c1", "c2", "EX 1", "EX\\\"1", "\\\\",
	"æøå", "🐊", "a\\u0001b", "\\u001f", "x:17", "x:017", "x:", ":5", "0",
	"long long long long long long long", "\x7f", "a\\u00e9", "\\/", "\\n",
	"\\u001F", "\\ud83d\\udc0a", "", "\\ud800", "\xff", "\t", "\\x", "\\",
	"\xc3", "a\",\"projectId\":\"b" };

static const char *const times[] = { "2025-01-15T08:00:00Z",
	"2025-01-15T08:00:01Z", "2024-02-29T23:59:59Z", "0000-01-01T00:00:00Z",
	"9999-12-31T23:59:59Z", "2025-01-15T24:00:00Z", "2025-02-29T00:00:00Z",
	"2025-01-15T08:00:60Z", "2025-01-15 08:00:00Z", "2025-01-15T08:00:00",
	"2025-01-15T08:00:00.5Z", "", "2025-01-15T08:00:00\\u005a" };

static const char *const keys[] = { "companyId", "projectId", "machineId",
	"startTime", "endTime", "state", "source", "basis", "vendorId" };

static const char *const blanks[] = { "", "", " ", "\t", "\r", "  " };

static const char *const basis[] = { "derived", "estimated", "stated", "",
	"derive\\u0064" };

/* One member; most are as they should be. */
static void
put_member(struct help_chance *c, struct buf *b, size_t k, int loose)
{
	const char *gap = loose ? help_pick(c, blanks, 6) : "";
	int odd = help_below(c, 12) == 0;
	const char *value;

	if (k == 3 || k == 4)
		value = help_pick(c, times, odd ? 13 : 5);
	else if (k == 7)
		value = help_pick(c, basis, odd ? 5 : 2);
	else
		value = help_pick(c, texts, odd ? 29 : k == 6 ? 14 : 9);
	buf_printf(b, "%s\"%s\"%s:%s\"%s", gap, keys[k], gap, gap, value);
	if (k == 6 && help_below(c, 2)) {
		/* Up to, and beyond, what 64 bits hold. */
		uint64_t digits = help_below(c, 9) ? 2 : 22;

		buf_putc(b, ':');
		for (uint64_t n = help_below(c, digits) + 1; n > 0; n--)
			buf_putc(b, (char)('0' + help_below(c, 10)));
	}
	buf_printf(b, "\"%s", gap);
}

static void
put_line(struct help_chance *c, struct buf *b)
{
	int loose = help_below(c, 3) == 0, first = 1;
	size_t order[9], from = b->len, at;

	for (size_t i = 0; i < 9; i++)
		order[i] = i;
	for (size_t i = 0; loose && i < 9; i++) {
		size_t k = i + help_below(c, 9 - i), swap = order[i];

		order[i] = order[k];
		order[k] = swap;
	}
	buf_puts(b, "{");
	for (size_t i = 0; i < 9; i++) {
		/* The last three may be missing; others rarely, or are twice.
		 */
		uint64_t times_here = order[i] > 5 ? help_below(c, 2) : 1;

		if (help_below(c, 60) == 0)
			times_here = help_below(c, 3);
		for (; times_here > 0; times_here--) {
			if (!first)
				buf_puts(b, ",");
			first = 0;
			put_member(c, b, order[i], loose);
		}
	}
	buf_puts(b, loose && help_below(c, 2) ? "}\r" : "}");
	/* Now and then some byte becomes another, goes, or comes twice. */
	if (help_below(c, 6) == 0) {
		at = from + help_below(c, b->len - from);
		b->data[at] = "\"\\{}:, x\xff\0\t0Z"[help_below(c, 14)];
	}
	if (help_below(c, 20) == 0)
		b->len -= help_below(c, b->len - from);
	buf_puts(b, "\n");
}

/* Both roads must say the same of the same line. */
static void
compare(struct road *fast, struct road *slow, struct buf *x, struct buf *y,
    size_t counts[3])
{
	enum stream_got a = step(fast), b = step(slow);
	const char *line;
	size_t len;

	buf_clear(x);
	buf_clear(y);
	counts[a]++;
	if (a != b ||
	    stream_number(fast->stream) != stream_number(slow->stream))
		ck_abort_msg("line %d: %d, %d",
		    (int)stream_number(fast->stream), (int)a, (int)b);
	if (a == STREAM_RECORD) {
		write_line(x, fast->names, &fast->record);
		write_line(y, slow->names, &slow->record);
		ck_assert_uint_eq(fast->record.line, slow->record.line);
		ck_assert_uint_eq(fast->record.flags, slow->record.flags);
	} else if (a == STREAM_PROBLEM) {
		buf_printf(x, "%d: %s %s", (int)fast->problem.column,
		    fast->problem.code, buf_text(&fast->problem.text));
		buf_printf(y, "%d: %s %s", (int)slow->problem.column,
		    slow->problem.code, buf_text(&slow->problem.text));
	}
	if (strcmp(buf_text(x), buf_text(y)) != 0)
		ck_abort_msg("line %d:\n%s\n%s",
		    (int)stream_number(fast->stream), x->data, y->data);
	/* What is said to be canonical is, byte for byte. */
	line = stream_canonical(fast->stream, &len);
	if (line != NULL && (x->len != len || memcmp(x->data, line, len) != 0))
		ck_abort_msg("not canonical: %.*s", (int)len, line);
}

START_TEST(stream_roads_agree)
{
	struct help_chance c = help_chance("stream");
	struct buf b = { 0 }, x = { 0 }, y = { 0 };
	size_t counts[3] = { 0 };
	struct road fast, slow;
	struct frame f, g;

	for (int i = 0; i < help_trials(60000); i++)
		put_line(&c, &b);
	road_open(&fast, b.data, b.len, 0);
	road_open(&slow, b.data, b.len, 1);
	while (counts[STREAM_END] == 0)
		compare(&fast, &slow, &x, &y, counts);
	ck_assert_uint_gt(counts[STREAM_RECORD], 300);
	ck_assert_uint_gt(counts[STREAM_PROBLEM], 150);
	ck_assert_int_eq(stream_judge(fast.stream, &f), FRAME_UNFRAMED);
	ck_assert_int_eq(stream_judge(slow.stream, &g), FRAME_UNFRAMED);
	road_close(&fast);
	road_close(&slow);
	buf_free(&b);
	buf_free(&x);
	buf_free(&y);
}
END_TEST

#define FIRST "{\"$ditioStream\":1,\"tool\":\"t 1\"}\n"
#define LAST(n)                                                                \
	"{\"ditioEnd\":{\"records\":" n ",\"rejected\":0,\"verdict\":\"ok\"}}" \
	"\n"

START_TEST(stream_judges_its_frame)
{
	static const struct {
		const char *text;
		enum frame_verdict verdict;
	} cases[] = {
		{ FIRST "{" SIX "}\n" LAST("1"), FRAME_WHOLE },
		{ FIRST LAST("0"), FRAME_WHOLE },
		/* Sorted by hand, by another tool's ends, and doubled. */
		{ "{" SIX "}\n" FIRST LAST("1"), FRAME_WHOLE },
		{ FIRST "\r\n{" SIX "}\r\n" LAST("1") "\n", FRAME_WHOLE },
		/* A problem is a line that came. */
		{ FIRST "x\n" LAST("1"), FRAME_WHOLE },
		{ "{" SIX "}\n", FRAME_UNFRAMED },
		{ "", FRAME_CUT },
		{ FIRST "{" SIX "}\n", FRAME_CUT },
		{ FIRST "{" SIX "}\n" LAST("2"), FRAME_CUT },
		{ FIRST "{" SIX "}\n{" SIX "}\n" LAST("1"), FRAME_CUT },
		{ "{" SIX "}\n" LAST("1"), FRAME_CUT },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct frame f;
		struct road r;
		enum frame_verdict v;

		road_open(&r, cases[i].text, strlen(cases[i].text), _i);
		while (step(&r) != STREAM_END)
			;
		help_listen();
		v = stream_judge(r.stream, &f);
		ck_assert_int_eq(
		    help_heard()[0] != '\0', cases[i].verdict == FRAME_CUT);
		ck_assert_msg(v == cases[i].verdict, "%s", cases[i].text);
		road_close(&r);
	}
}
END_TEST

START_TEST(stream_of_a_file_that_is_not_there_is_cut)
{
	char *paths[] = { (char[]){ "/nonexistent" }, NULL };
	struct input *in = input_open(paths);
	struct names *n = names_new();
	struct stream *s = stream_open(in, n);
	struct problem p = { 0 };
	struct record r;
	struct frame f;

	help_listen();
	ck_assert_int_eq(stream_next(s, &r, &p), STREAM_END);
	ck_assert_int_eq(stream_judge(s, &f), FRAME_CUT);
	(void)help_heard();
	stream_close(s);
	names_free(n);
	input_close(in);
}
END_TEST

START_TEST(stream_close_welcomes_null)
{
	stream_close(NULL);
}
END_TEST

Suite *
stream_suite(void)
{
	Suite *s = suite_create("stream");
	TCase *tc = tcase_create("core");

	tcase_add_loop_test(tc, stream_reads_records_and_names_problems, 0, 2);
	tcase_add_test(tc, stream_canonical_is_only_what_may_be_copied);
	tcase_add_test(tc, stream_roads_agree);
	tcase_add_loop_test(tc, stream_judges_its_frame, 0, 2);
	tcase_add_test(tc, stream_of_a_file_that_is_not_there_is_cut);
	tcase_add_test(tc, stream_close_welcomes_null);
	suite_add_tcase(s, tc);
	return s;
}
