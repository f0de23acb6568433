/* feed.c - batches from stdin, batch files and manifests. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "base/msg.h"
#include "base/number.h"
#include "base/xalloc.h"
#include "record/frame.h"
#include "upload/feed.h"
#include "json/json.h"
#include "json/json_read.h"

/* A manifest lists a batch in some 400 bytes. */
#define MANIFEST_MAX ((size_t)256 << 20)

struct feed {
	const struct feed_rules *rules;
	struct names *names;
	struct intake *in;
	struct envelope envelope;
	struct problem problem;
	struct frame frame;
	uint64_t batches, records; /* of streams */
	uint64_t before;	   /* batches, when the last stream began */
	char *stream;		   /* the name of the first */
	int late;		   /* digests came late */
};

static int
complain(struct feed *f, const char *name, uint64_t line)
{
	f->problem.file = name;
	f->problem.line = line;
	problem_print(&f->problem);
	return -1;
}

/* Periods that are in the ledger already have no digest. */
static void
tell_late(struct feed *f)
{
	if (f->batches > f->before && !f->late++)
		msg_note("digests of files that come after batches are not "
			 "kept: leave out --sorted of ditio-split, or take its "
			 "--output");
}

/* The lines of a stream, up to the end of the file. */
static int
read_stream(struct feed *f, struct input *in)
{
	enum input_got got;
	const char *line;
	size_t len;

	if (f->stream == NULL)
		f->stream = xstrdup(input_name(in));
	while ((got = input_line(in, &line, &len)) != INPUT_END) {
		if (got == INPUT_LONG) {
			problem_set(&f->problem, "too-long-line",
			    SEVERITY_ERROR, NULL, 0, 0);
			buf_puts(&f->problem.text,
			    "longer than 16 MiB: not a batch");
			return complain(f, input_name(in), input_number(in));
		}
		if (len == 0)
			continue;
		switch (frame_take(&f->frame, line, len)) {
		case FRAME_FIRST:
			f->before = f->batches;
			continue;
		case FRAME_FILE:
			tell_late(f);
			continue;
		case FRAME_LAST:
			continue;
		case FRAME_BAD:
			problem_set(&f->problem, "bad-frame", SEVERITY_ERROR,
			    NULL, 0, 0);
			buf_puts(&f->problem.text,
			    "starts as a line of a stream's frame and is none");
			return complain(f, input_name(in), input_number(in));
		case FRAME_DATA:
			break;
		}
		if (envelope_read(
			&f->envelope, f->names, line, len, &f->problem) != 0)
			return complain(f, input_name(in), input_number(in));
		f->batches++;
		f->records += f->envelope.n;
		if (intake_take(f->in, &f->envelope, line, len) != 0)
			return -1;
	}
	return 0;
}

/* ${path} with what follows its last slash replaced by ${name}. */
static char *
beside(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');
	struct buf to = { 0 };

	if (slash != NULL)
		buf_put(&to, path, (size_t)(slash - path) + 1);
	buf_puts(&to, name);
	return to.data;
}

/* Read the whole file ${path} into ${to}. */
static int
read_file(char *path, struct buf *to)
{
	char *paths[] = { path, NULL };
	struct input *in = input_open(paths);
	const char *s;
	size_t len;
	int bad;

	buf_clear(to);
	if (input_next_file(in))
		while (to->len <= ENVELOPE_MAX &&
		       (s = input_peek(in, 1, &len)) != NULL) {
			buf_put(to, s, len);
			input_skip(in, len);
		}
	bad = input_failed(in);
	input_close(in);
	if (!bad && to->len > ENVELOPE_MAX) {
		msg_warn("%s: larger than 16 MiB: not a batch", path);
		bad = 1;
	}
	return bad ? -1 : 0;
}

/* One batch file and the one beside it; the id is checked against ${id}
 * unless that is NULL. */
static int
read_pair(struct feed *f, char *path, const char *id)
{
	struct buf body = { 0 }, meta = { 0 }, name = { 0 };
	size_t len = strlen(path);
	int bad = -1;

	if (len > 5 && strcmp(path + len - 5, ".json") == 0)
		len -= 5;
	buf_put(&name, path, len);
	buf_puts(&name, ".meta.json");
	if (read_file(path, &body) != 0 || read_file(name.data, &meta) != 0)
		goto done;
	if (envelope_read_pair(&f->envelope, f->names, buf_text(&meta),
		meta.len, buf_text(&body), body.len, &f->problem) != 0) {
		complain(f, path, 0);
		goto done;
	}
	if (id != NULL && strcmp(id, f->envelope.id) != 0) {
		msg_warn("%s: the manifest says its id is %.12s; it is %.12s",
		    path, id, f->envelope.id);
		goto done;
	}
	bad = intake_take(f->in, &f->envelope, NULL, 0);
done:
	buf_free(&body);
	buf_free(&meta);
	buf_free(&name);
	return bad;
}

/* The batch that ${b} of the manifest ${path} tells. */
static int
read_entry(struct feed *f, const char *path, const struct json *b)
{
	const char *id = json_string(json_get(b, "id"));
	const char *file = json_string(json_get(b, "file"));
	char *name;
	int bad;

	if (id == NULL || file == NULL || *file == '\0' ||
	    strchr(file, '/') != NULL) {
		msg_warn("%s:%llu: a batch without a good \"id\" and \"file\"",
		    path, (unsigned long long)b->line);
		return -1;
	}
	name = beside(path, file);
	bad = read_pair(f, name, id);
	free(name);
	return bad;
}

/* The vendor's files, which a stream tells in lines. */
static int
read_origins(struct feed *f, const char *path, const struct json *top)
{
	const struct json *list = json_get(top, "files");

	for (const struct json *m = list != NULL ? list->child : NULL;
	     m != NULL; m = m->next)
		if (origins_take(f->frame.origins, m) != 0) {
			msg_warn("%s:%llu: a file without a good \"name\", "
				 "\"bytes\" and \"sha256\"",
			    path, (unsigned long long)m->line);
			return -1;
		}
	return 0;
}

/* What a stream's last line would say: ${seen} records came. */
static int
read_verdict(
    struct feed *f, const char *path, const struct json *top, uint64_t seen)
{
	const struct json *records = json_get(top, "records");
	const struct json *unframed = json_get(top, "unframed");
	const char *verdict = json_string(json_get(top, "verdict"));
	uint64_t n = 0;

	if (records == NULL || records->type != JSON_NUMBER ||
	    number_whole(records->text, records->len, UINT64_MAX, &n) != 0 ||
	    n != seen) {
		msg_warn("%s: its batches hold %llu records, it says %llu: it "
			 "was changed; split the records again",
		    path, (unsigned long long)seen, (unsigned long long)n);
		return -1;
	}
	if (verdict == NULL || unframed == NULL ||
	    unframed->type != JSON_BOOL) {
		msg_warn("%s: a manifest without \"verdict\" and \"unframed\"",
		    path);
		return -1;
	}
	f->frame.findings |= strcmp(verdict, "ok") != 0;
	f->frame.unframed |= unframed->truth;
	return 0;
}

static int
read_manifest(struct feed *f, const char *path)
{
	struct json *top = json_read_file(path, MANIFEST_MAX, JSON_READ_STRICT);
	const struct json *list = json_get(top, "batches");
	uint64_t seen = 0;
	int bad = 0;

	if (top == NULL)
		return -1;
	if (list == NULL || list->type != JSON_ARRAY) {
		msg_warn("%s: a manifest without a list \"batches\"", path);
		bad = -1;
	}
	if (bad == 0)
		bad = read_origins(f, path, top);
	for (const struct json *b = bad == 0 ? list->child : NULL;
	     b != NULL && bad == 0; b = b->next) {
		bad = read_entry(f, path, b);
		seen += f->envelope.n;
	}
	if (bad == 0)
		bad = read_verdict(f, path, top, seen);
	json_free(top);
	return bad;
}

static int
starts(const char *s, size_t len, const char *with)
{
	size_t n = strlen(with);

	return len >= n && memcmp(s, with, n) == 0;
}

/* One file, by what it starts with. */
static int
read_path(struct feed *f, char *path)
{
	char *paths[] = { path, NULL };
	struct input *in = input_open(paths);
	const char *s;
	size_t len = 0;
	int bad = -1;

	input_max_line(in, ENVELOPE_MAX);
	if (!input_next_file(in))
		goto done;
	s = input_peek(in, 64, &len);
	if (s != NULL && starts(s, len, "[")) {
		bad = read_pair(f, path, NULL);
	} else if (s != NULL && memchr(s, '{', len) != NULL &&
		   memmem(s, len, "\"ditioManifest\"", 15) != NULL) {
		bad = read_manifest(f, path);
	} else {
		bad = read_stream(f, in);
	}
	if (input_failed(in))
		bad = -1;
done:
	input_close(in);
	return bad;
}

/* Is the whole of what came a whole stream the user wants? */
static enum status
judge(struct feed *f)
{
	enum frame_verdict verdict = FRAME_WHOLE;
	const char *name = f->stream != NULL ? f->stream : "manifest";

	if (f->stream != NULL)
		verdict = frame_judge(&f->frame, name, f->records, f->batches);
	if (verdict == FRAME_CUT)
		return STATUS_TROUBLE;
	if ((verdict == FRAME_UNFRAMED || f->frame.unframed) &&
	    !f->rules->unframed) {
		msg_warn("%s: no first and last line, so nobody knows whether "
			 "it is whole; nothing sent; --unframed sends it",
		    name);
		return STATUS_TROUBLE;
	}
	if (f->frame.findings && !f->rules->accept_findings) {
		msg_warn("%s: its verdict is \"findings\"; nothing sent; mend "
			 "what was found, or use --accept-findings",
		    name);
		return STATUS_TROUBLE;
	}
	return STATUS_OK;
}

enum status
feed_read(char *const paths[], const struct feed_rules *rules,
    struct names *names, struct intake *in)
{
	static char dash[] = "-";
	static char *const only_stdin[] = { dash, NULL };
	struct feed f = { .rules = rules, .names = names, .in = in };
	enum status status = STATUS_OK;

	f.frame.origins = origins_new();
	intake_origins(in, f.frame.origins);
	if (paths[0] == NULL)
		paths = only_stdin;
	for (; *paths != NULL && status == STATUS_OK; paths++)
		if (read_path(&f, *paths) != 0)
			status = STATUS_TROUBLE;
	if (status == STATUS_OK)
		status = judge(&f);
	intake_origins(in, NULL);
	envelope_free(&f.envelope);
	origins_free(f.frame.origins);
	problem_free(&f.problem);
	free(f.stream);
	return status;
}
