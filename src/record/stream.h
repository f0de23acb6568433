/* stream.h - records read from NDJSON, by a fast road and a careful one. */

#ifndef RECORD_STREAM_H
#define RECORD_STREAM_H

#include <stddef.h>
#include <stdint.h>

#include "base/input.h"
#include "record/frame.h"
#include "record/names.h"
#include "record/problem.h"
#include "record/record.h"

struct stream;

enum stream_got {
	STREAM_RECORD,	/* a record */
	STREAM_PROBLEM, /* a line that is none: said why */
	STREAM_END,	/* no more input */
};

/*
 * Read records from ${in} (input_text is called on it), naming them in
 * ${names}.  Both are borrowed until stream_close.
 */
struct stream *stream_open(struct input *in, struct names *names);

/*
 * The next record, or the next problem: codes bad-utf8, bad-json,
 * duplicate-key, bad-escape, too-deep, too-long-line, unknown-key,
 * missing-key, bad-type, bad-time, empty-id, bad-frame.  Its file and line
 * are those of the stream.  Lines of the frame and empty lines are passed
 * over.
 */
enum stream_got stream_next(
    struct stream *s, struct record *r, struct problem *p);

/*
 * The line of the last call, without its newline, if that was a record whose
 * line is canonical as it stands, so that it may be copied instead of written;
 * else NULL.  Belongs to ${s} and lives until the next call.
 */
const char *stream_canonical(const struct stream *s, size_t *len);

/* Where the line of the last call stands in the stream itself. */
const char *stream_name(const struct stream *s);
uint64_t stream_number(const struct stream *s);

/*
 * After STREAM_END: FRAME_CUT (said why, also when a file could not be read)
 * means exit 2.  The frame counts what the stream's own last lines claimed.
 * Lines that were problems count as records that came.  Its origins belong to
 * ${s} and live as long.
 */
enum frame_verdict stream_judge(struct stream *s, struct frame *frame);

/* NULL is welcome. */
void stream_close(struct stream *s);

/*
 * Send every line down the careful road (1), or not (0, the default): for
 * the tests that hold both roads to one answer.
 */
void stream_careful(struct stream *s, int careful);

#endif
