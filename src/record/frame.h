/* frame.h - the first and last lines that make a stream whole. */

#ifndef RECORD_FRAME_H
#define RECORD_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "base/out.h"
#include "record/origins.h"

/*
 * A stream starts with {"$ditioStream":1,"tool":"ditio-parse 0.1.0"} and ends
 * with {"ditioEnd":{"records":N,"rejected":M,"verdict":"ok"}}.  Streams may be
 * concatenated and sorted, so any number of both may come, anywhere; they
 * must be equally many and their N must add up to what came between.  So must
 * the "files" that last lines count, which are lines
 * {"$ditioFile":{"name":…,"bytes":…,"sha256":…}}.
 */
struct frame {
	uint64_t firsts, lasts;	 /* lines seen */
	uint64_t records;	 /* sum of the N */
	uint64_t batches;	 /* sum of "batches", in a stream of batches */
	uint64_t rejected;	 /* sum of the M */
	int findings;		 /* some verdict was "findings" */
	int unframed;		 /* some last line said "unframed" */
	uint64_t files;		 /* sum of "files" */
	uint64_t file_lines;	 /* lines of files seen */
	struct origins *origins; /* borrowed: the files themselves; NULL:
				   only counted */
	int told; /* frame_write_files did it: frame_write_last need not */
};

enum frame_verdict {
	FRAME_WHOLE,	/* as many records as the last lines say */
	FRAME_UNFRAMED, /* neither first nor last lines: hand-made */
	FRAME_CUT,	/* anything else; the message says what it looks like */
};

/* What a line is. */
enum frame_line {
	FRAME_DATA,  /* none of ours: a record or a batch */
	FRAME_FIRST, /* counted in */
	FRAME_LAST,  /* counted in */
	FRAME_FILE,  /* counted in, and put with the others */
	FRAME_BAD,   /* starts as one of ours and is none */
};

/* Look at a line and count it if it is ours. */
enum frame_line frame_take(struct frame *f, const char *line, size_t len);

/*
 * Judge the stream after its end, when ${seen} records (or ${batches}
 * batches; 0 in a stream of records) came.  FRAME_CUT prints why, naming
 * ${name}.
 */
enum frame_verdict frame_judge(
    const struct frame *f, const char *name, uint64_t seen, uint64_t batches);

/* Write a first line for the running tool (msg_tool and the version). */
void frame_write_first(struct out *out);

/* Write the lines of the files that ${f} has, which are then told. */
void frame_write_files(struct out *out, struct frame *f);

/*
 * Write a last line, and before it those files that were not told.  "batches"
 * and "files" are left out when 0, "unframed" when false.
 */
void frame_write_last(struct out *out, const struct frame *f);

#endif
