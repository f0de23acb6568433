/* frame.c - the first and last lines that make a stream whole. */

#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/number.h"
#include "record/frame.h"
#include "json/json_read.h"

static int
starts(const char *line, size_t len, const char *with)
{
	size_t n = strlen(with);

	return len >= n && memcmp(line, with, n) == 0;
}

/* The count called ${key}; one that may be missing is 0 then. */
static int
count(const struct json *j, const char *key, int required, uint64_t *value)
{
	const struct json *n = json_get(j, key);

	*value = 0;
	if (n == NULL)
		return required ? -1 : 0;
	if (n->type != JSON_NUMBER)
		return -1;
	return number_whole(n->text, n->len, UINT64_MAX, value);
}

static enum frame_line
take_first(struct frame *f, const struct json *j)
{
	const struct json *version = json_get(j, "$ditioStream");

	if (version == NULL || version->type != JSON_NUMBER ||
	    strcmp(version->text, "1") != 0)
		return FRAME_BAD;
	f->firsts++;
	return FRAME_FIRST;
}

static enum frame_line
take_last(struct frame *f, const struct json *j)
{
	const struct json *end = json_get(j, "ditioEnd");
	const struct json *verdict = json_get(end, "verdict");
	const struct json *unframed = json_get(end, "unframed");
	uint64_t records, batches, files, rejected;

	if (count(end, "records", 1, &records) != 0 ||
	    count(end, "rejected", 1, &rejected) != 0 ||
	    count(end, "batches", 0, &batches) != 0 ||
	    count(end, "files", 0, &files) != 0 ||
	    (!json_is(verdict, "ok") && !json_is(verdict, "findings")) ||
	    (unframed != NULL && unframed->type != JSON_BOOL) ||
	    __builtin_add_overflow(f->records, records, &records) ||
	    __builtin_add_overflow(f->batches, batches, &batches) ||
	    __builtin_add_overflow(f->files, files, &files) ||
	    __builtin_add_overflow(f->rejected, rejected, &rejected))
		return FRAME_BAD;
	f->lasts++;
	f->records = records;
	f->batches = batches;
	f->files = files;
	f->rejected = rejected;
	f->findings |= json_is(verdict, "findings");
	f->unframed |= unframed != NULL && unframed->truth;
	return FRAME_LAST;
}

static enum frame_line
take_file(struct frame *f, const struct json *j)
{
	const struct json *file = json_get(j, "$ditioFile");

	if (j->child->next != NULL ||
	    (f->origins != NULL ? origins_take(f->origins, file) != 0
				: !origins_is(file)))
		return FRAME_BAD;
	f->file_lines++;
	return FRAME_FILE;
}

enum frame_line
frame_take(struct frame *f, const char *line, size_t len)
{
	enum frame_line what = FRAME_DATA;
	struct json_read_error error;
	struct json *j;

	if (starts(line, len, "{\"$ditioStream\""))
		what = FRAME_FIRST;
	else if (starts(line, len, "{\"ditioEnd\""))
		what = FRAME_LAST;
	else if (starts(line, len, "{\"$ditioFile\""))
		what = FRAME_FILE;
	if (what == FRAME_DATA)
		return what;
	j = json_read(line, len, JSON_READ_STRICT, &error);
	if (j == NULL)
		return FRAME_BAD;
	what = what == FRAME_FIRST  ? take_first(f, j)
	       : what == FRAME_LAST ? take_last(f, j)
				    : take_file(f, j);
	json_free(j);
	return what;
}

static enum frame_verdict
cut(const char *name, const char *why)
{
	msg_warn("%s: %s; nothing of it may be trusted", name, why);
	return FRAME_CUT;
}

enum frame_verdict
frame_judge(
    const struct frame *f, const char *name, uint64_t seen, uint64_t batches)
{
	struct buf why = { 0 };

	if (f->firsts == 0 && f->lasts == 0) {
		if (seen > 0 || batches > 0)
			return FRAME_UNFRAMED;
		/* What a filter that died before its first line leaves. */
		return cut(name,
		    "an empty stream, without even a first line: the program "
		    "before this one did not start or did not finish");
	}
	if (f->firsts > f->lasts)
		return cut(name,
		    "a cut stream: its last line is missing; the program "
		    "before this one did not finish");
	if (f->firsts < f->lasts)
		return cut(name,
		    "a stream without its first line: the beginning was cut "
		    "off or filtered out");
	if (f->records == seen && f->batches == batches &&
	    f->files == f->file_lines)
		return FRAME_WHOLE;
	if (f->records != seen)
		buf_printf(&why,
		    "%" PRIu64
		    " records came where the last lines count %" PRIu64,
		    seen, f->records);
	else if (f->batches != batches)
		buf_printf(&why,
		    "%" PRIu64
		    " batches came where the last lines count %" PRIu64,
		    batches, f->batches);
	else
		buf_printf(&why,
		    "%" PRIu64
		    " lines of files came where the last lines count %" PRIu64,
		    f->file_lines, f->files);
	buf_puts(&why,
	    seen < f->records || batches < f->batches ||
		    f->file_lines < f->files
		? ": a filtered or cut stream (take the frame off what was "
		  "filtered on purpose)"
		: ": lines were added or doubled");
	(void)cut(name, why.data);
	buf_free(&why);
	return FRAME_CUT;
}

void
frame_write_first(struct out *out)
{
	struct buf b = { 0 };

	buf_printf(&b, "{\"$ditioStream\":1,\"tool\":\"%s %s\"}\n", msg_tool(),
	    PACKAGE_VERSION);
	out_put(out, b.data, b.len);
	buf_free(&b);
}

void
frame_write_files(struct out *out, struct frame *f)
{
	if (f->origins != NULL)
		origins_write(f->origins, out);
	f->told = 1;
}

void
frame_write_last(struct out *out, const struct frame *f)
{
	uint64_t files = f->origins != NULL ? origins_count(f->origins) : 0;
	struct buf b = { 0 };

	if (files > 0 && !f->told)
		origins_write(f->origins, out);
	buf_printf(&b, "{\"ditioEnd\":{\"records\":%" PRIu64, f->records);
	if (f->batches > 0)
		buf_printf(&b, ",\"batches\":%" PRIu64, f->batches);
	if (files > 0)
		buf_printf(&b, ",\"files\":%" PRIu64, files);
	buf_printf(&b, ",\"rejected\":%" PRIu64 ",\"verdict\":\"%s\"",
	    f->rejected, f->findings ? "findings" : "ok");
	if (f->unframed)
		buf_puts(&b, ",\"unframed\":true");
	buf_puts(&b, "}}\n");
	out_put(out, b.data, b.len);
	buf_free(&b);
}
