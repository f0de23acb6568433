/* profile_test.c - the tests inside a profile. */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/input.h"
#include "base/msg.h"
#include "base/out.h"
#include "base/xalloc.h"
#include "parse/profile.h"
#include "parse/profile_test.h"
#include "parse/run.h"
#include "json/json_read.h"

/* A test runs on real files, in a directory of its own. */
struct bench {
	const char *path; /* of the profile */
	char *dir;
	char *in, *out, *rejects;
	unsigned wrong;
};

#define MOST_BYTES ((size_t)16 * 1024 * 1024)

static char *
name_in(const char *dir, const char *name)
{
	struct buf b = { 0 };

	buf_printf(&b, "%s/%s", dir, name);
	return b.data;
}

static int
set_up(struct bench *b)
{
	const char *tmp = getenv("TMPDIR");

	b->dir = name_in(tmp != NULL && tmp[0] != '\0' ? tmp : "/tmp",
	    "ditio-profile-XXXXXX");
	if (mkdtemp(b->dir) == NULL) {
		msg_warn_errno("%s", b->dir);
		free(b->dir);
		return -1;
	}
	b->out = name_in(b->dir, "...out");
	b->rejects = name_in(b->dir, "...rejects");
	return 0;
}

static void
tear_down(struct bench *b)
{
	unlink(b->out);
	unlink(b->rejects);
	rmdir(b->dir);
	free(b->out);
	free(b->rejects);
	free(b->dir);
}

static void
wrong(struct bench *b, const struct json *j, const char *what,
    const char *detail, size_t len)
{
	struct buf text = { 0 };
	struct msg m = { .level = MSG_ERROR,
		.file = b->path,
		.line = j->line,
		.column = j->column,
		.code = "profile-test" };

	buf_puts(&text, what);
	if (detail != NULL) {
		buf_puts(&text, ": ");
		buf_put(&text, detail, len);
	}
	m.text = text.data;
	msg_place(&m);
	buf_free(&text);
	b->wrong++;
}

/* The lines of the test as a file; in the profile's encoding they would not
 * be JSON, so they are UTF-8. */
static int
write_lines(struct bench *b, const struct json *lines)
{
	struct out *out = out_open(b->in);

	if (out == NULL)
		return -1;
	for (const struct json *l = lines->child; l != NULL; l = l->next) {
		out_put(out, l->text, l->len);
		out_put(out, "\n", 1);
	}
	return out_finish(out);
}

/* Every member the test names must be the record's. */
static int
fits(const struct json *record, const struct json *wanted)
{
	for (const struct json *m = wanted->child; m != NULL; m = m->next) {
		const struct json *v = json_get(record, m->key);

		if (v == NULL || m->type != JSON_STRING || !json_is(v, m->text))
			return 0;
	}
	return 1;
}

/* Hold the JSON lines of a file to ${wanted}, one by one. */
static void
compare(struct bench *b, const struct json *test, const char *path,
    const struct json *wanted, int is_codes)
{
	char *paths[] = { (char *)path, NULL };
	struct input *in = input_open(paths);
	const struct json *w = wanted != NULL ? wanted->child : NULL;
	struct json_read_error error;
	const char *line;
	size_t len;

	while (input_next_file(in))
		while (input_line(in, &line, &len) == INPUT_OK) {
			struct json *got =
			    json_read(line, len, JSON_READ_STRICT, &error);

			if (json_is(json_get(got, "code"), "no-record")) {
				json_free(got); /* of the file, no row's */
				continue;
			}
			if (w == NULL) {
				wrong(b, test,
				    is_codes ? "an unexpected reject"
					     : "an unexpected record",
				    line, len);
			} else if (is_codes ? !json_is(json_get(got, "code"),
						  w->text)
					    : !fits(got, w)) {
				wrong(b, w, "this came instead", line, len);
			}
			if (w != NULL)
				w = w->next;
			json_free(got);
		}
	for (; w != NULL; w = w->next)
		wrong(b, w,
		    is_codes ? "this reject did not come"
			     : "this record did not come",
		    NULL, 0);
	input_close(in);
}

static int
run_test(struct bench *b, struct profile *p, const struct json *test)
{
	char *paths[] = { b->in, NULL };
	struct run run = { .profile = p,
		.rejects = b->rejects,
		.ids = { .company = "c1", .project = "p1" },
		.memory = 1 << 20,
		.max_rejects = UINT64_MAX };
	struct run_result result;
	struct input *in;
	int failed;

	if ((run.out = out_open(b->out)) == NULL)
		return -1;
	in = input_open(paths);
	failed = run_parse(&run, in, &result);
	input_close(in);
	if (out_finish(run.out) != 0)
		return -1;
	if (failed) {
		wrong(b, test, "the file could not be read", NULL, 0);
		return 0;
	}
	compare(b, test, b->out, json_get(test, "records"), 0);
	compare(b, test, b->rejects, json_get(test, "rejects"), 1);
	return 0;
}

/* The test's file is there, under its name, while it runs. */
static int
run_named(struct bench *b, struct profile *p, const struct json *test)
{
	const char *name = json_string(json_get(test, "fileName"));
	int failed;

	b->in = name_in(b->dir, name != NULL ? name : "in");
	failed = write_lines(b, json_get(test, "lines")) != 0 ||
		 run_test(b, p, test) != 0;
	unlink(b->in);
	free(b->in);
	return failed;
}

static int
run_tests(struct bench *b, struct profile *p)
{
	const struct json *tests = json_get(p->json, "tests");
	/* What the runs count is of interest to who looks for a fault. */
	int is_hushed = msg_shows(MSG_INFO) && !msg_shows(MSG_DEBUG);
	int failed = 0;
	unsigned n = 0;

	if (tests == NULL) {
		msg_note("%s: has no tests", b->path);
		return 0;
	}
	free(p->encoding);
	p->encoding = NULL;
	if (is_hushed)
		msg_threshold(MSG_WARNING);
	for (const struct json *t = tests->child; t != NULL && !failed;
	     t = t->next) {
		failed = run_named(b, p, t);
		n++;
	}
	if (is_hushed)
		msg_threshold(MSG_INFO);
	if (!failed && b->wrong == 0)
		msg_info("%s: well formed, %u tests passed", b->path, n);
	return failed || b->wrong > 0 ? -1 : 0;
}

int
profile_test(const char *path)
{
	struct bench b = { .path = path };
	struct profile *p = profile_read(path);
	int failed = -1;

	if (p == NULL)
		return -1;
	if (set_up(&b) == 0) {
		failed = run_tests(&b, p);
		tear_down(&b);
	}
	profile_free(p);
	return failed;
}
