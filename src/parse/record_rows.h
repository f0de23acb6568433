/* record_rows.h - rows of records of ours: a stream, or made by hand. */

#ifndef PARSE_RECORD_ROWS_H
#define PARSE_RECORD_ROWS_H

#include "base/input.h"
#include "parse/profile.h"
#include "parse/rows.h"
#include "record/frame.h"

/*
 * Rows of the current file of ${in} by profile_records: a stream, with or
 * without its frame, objects without it in any layout, or one list of them.
 * Where each line is an object, a line that is none is a ROWS_PROBLEM, with the
 * codes of stream_next (but missing-key and empty-id); elsewhere the file is at
 * fault.  What the frame says is added to ${frame}; finish fails when it says
 * that the stream is not whole.  All three are borrowed.
 */
struct rows record_rows_open(
    struct input *in, struct profile *profile, struct frame *frame);

#endif
