/* write.h - records to canonical lines. */

#ifndef RECORD_WRITE_H
#define RECORD_WRITE_H

#include "base/buf.h"
#include "base/out.h"
#include "record/names.h"
#include "record/record.h"

/* Write ${r} as one canonical line with its newline. */
void write_record(
    struct out *out, const struct names *n, const struct record *r);

/* The same line, without newline, put at the end of ${b}. */
void write_line(struct buf *b, const struct names *n, const struct record *r);

/*
 * Exactly the six API fields, as they stand in a request:
 * {"companyId":…,"projectId":…,"machineId":…,"startTime":…,"endTime":…,
 * "state":…}, put at the end of ${b}.
 */
void write_api(struct buf *b, const struct names *n, const struct record *r);

/* "file:line" of a record, plain text, put at the end of ${b}; nothing
 * without a source. */
void write_source(struct buf *b, const struct names *n, const struct record *r);

/* The same as a JSON string, "" without a source. */
void write_source_json(
    struct buf *b, const struct names *n, const struct record *r);

#endif
