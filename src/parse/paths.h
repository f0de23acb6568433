/* paths.h - what stands on a profile's paths in a document, as rows of cells.
 */

#ifndef PARSE_PATHS_H
#define PARSE_PATHS_H

#include <stddef.h>
#include <stdint.h>

#include "parse/profile.h"
#include "parse/rows.h"
#include "record/problem.h"

struct paths;

/* Paths a profile may have, bytes of a value, and as many bytes as are kept of
 * a record for who rejects it. */
#define PATHS_MOST 64
#define PATHS_TEXT 4096
#define PATHS_RAW 4096

/* Levels a document may have, its own and that of attributes included. */
#define PATHS_LEVELS 80

/*
 * The paths of ${profile}, which is borrowed until paths_free; its columns
 * get the numbers of their cells.
 */
struct paths *paths_new(struct profile *profile);

/*
 * Besides the profile's own, the ${n} paths ${more} have cells, which come
 * last; and what stands right in a record and on no path is an unknown-key.
 */
void paths_only(struct paths *p, const char *const more[], size_t n);

/* What opens: an XML element, in which there may be text and more; text alone;
 * members alone; a value that is none, or a list of nothing. */
enum paths_kind { PATHS_ELEMENT, PATHS_VALUE, PATHS_TREE, PATHS_NOTHING };

/*
 * The document, in order.  What opens first is the document itself, whose
 * name is not looked at; it may do so again once closed.  ${line} is where it
 * stands.
 */
void paths_open(struct paths *p, const char *name, size_t len,
    enum paths_kind kind, uint64_t line);
void paths_text(struct paths *p, const char *s, size_t len);
void paths_close(struct paths *p);

/* The record that is open, if one is, cannot be told: ${code} is static. */
void paths_blame(struct paths *p, const char *code);

/* The text of records is not wanted: it is empty. */
void paths_without_raw(struct paths *p);

/* True within a record whose text is wanted, and not too long yet; then
 * paths_keep adds to it. */
int paths_has_room(const struct paths *p);
void paths_keep(struct paths *p, const char *s, size_t len);

/* True when a value came after a record that it belongs to: no more is of
 * use, and paths_finish says so. */
int paths_is_late(const struct paths *p);

/*
 * The next record that has ended, or ROWS_END when none is waiting.  A record
 * with a value twice, too long, or of a form that has none is a ROWS_PROBLEM
 * (repeated-value, duplicate-key, too-long-text, bad-type, nul-byte,
 * unknown-key), its
 * cells told all the same.  Cells live until the next call of this or of
 * paths_open.
 */
enum rows_got paths_row(struct paths *p, const struct rows_cell **cells,
    size_t *count, struct problem *problem);

/* Of the last record given: its line, its text, its cells. */
uint64_t paths_line(const struct paths *p);
const char *paths_raw(const struct paths *p, size_t *len);
size_t paths_cells(const struct paths *p, const struct rows_cell **cells);

/*
 * At the end of the file ${name}: 0, or -1 after a message when a value came
 * late (late-value), or the record's path leads to nothing in a document that
 * holds other things (no-path).  What has no element where the next step of
 * that path would be is an empty document, which is well.  ${problem} is set to
 * a warning no-path when no record was in what holds other things, or nothing
 * stood on the path of a field.
 */
int paths_finish(
    const struct paths *p, const char *name, struct problem *problem);

/* NULL is welcome. */
void paths_free(struct paths *p);

#endif
