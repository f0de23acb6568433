/* sent.h - delivered periods summed by machine, day, state, source. */

#ifndef UPLOAD_SENT_H
#define UPLOAD_SENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/zone.h"
#include "upload/ledger.h"

struct sent;

/*
 * Sums by the words of ${by}, in their order: "machine,day" and so on, of
 * company, project, machine, vendor (what the vendor calls it), day, state,
 * source, sha256 (of the file), batch.  Days are those of
 * ${zone}.  NULL after a message.
 */
struct sent *sent_new(const char *by, const struct zone *zone);

/* Add the part of the period ${w} of batch ${batch} that lies from ${from} to
 * before ${until}, seconds since 1970. */
void sent_add(struct sent *s, const struct ledger_words *w, const char *batch,
    int64_t from, int64_t until);

/* How many words there are, and each. */
size_t sent_columns(const struct sent *s);
const char *sent_column(const struct sent *s, size_t i);

/* A row; its texts belong to ${s} and live as long. */
struct sent_row {
	int64_t periods, seconds; /* a period of two days counts in both */
};

/* Sort the rows by their texts, sources by their lines; how many there are. */
size_t sent_sort(struct sent *s);

/* Row ${n} in that order, and the text of its column ${i}, put into ${to},
 * which is cleared first. */
const struct sent_row *sent_row(const struct sent *s, size_t n);
void sent_text(const struct sent *s, size_t n, size_t i, struct buf *to);

/* All periods added, each once. */
struct sent_row sent_total(const struct sent *s);

/* The first second of the day ${day} (days since 1970) in ${zone}. */
int64_t sent_day(const struct zone *zone, int64_t day);

/* NULL is welcome. */
void sent_free(struct sent *s);

#endif
