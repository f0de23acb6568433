/* names.h - the texts behind the numbers in records. */

#ifndef RECORD_NAMES_H
#define RECORD_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/intern.h"
#include "record/record.h"

struct names;

#define NAMES_NONE UINT32_MAX

struct names *names_new(void);

/*
 * The number of an owner (company, project, machine), a state or a vendor's
 * file.  ${…} are plain UTF-8.
 */
uint32_t names_owner(struct names *n, const char *company, size_t company_len,
    const char *project, size_t project_len, const char *machine,
    size_t machine_len);
uint32_t names_state(struct names *n, const char *s, size_t len);
uint32_t names_file(struct names *n, const char *s, size_t len);

/*
 * The same from canonical text (see quote.h), which the caller has checked.
 * An owner is all that stands in a line before the start time:
 *     {"companyId":"c1","projectId":"p1","machineId":"EX-1","startTime":"
 */
uint32_t names_owner_canonical(struct names *n, const char *s, size_t len);
uint32_t names_state_canonical(struct names *n, const char *s, size_t len);
uint32_t names_file_canonical(struct names *n, const char *s, size_t len);

/*
 * The number of a vendor's id of ${owner}'s machine, from 1: 0 when it is its
 * machineId, so that there is nothing to say.  As vendors_id; plain UTF-8, or
 * canonical.
 */
uint16_t names_vendor(
    struct names *n, uint32_t owner, const char *s, size_t len);
uint16_t names_vendor_canonical(
    struct names *n, uint32_t owner, const char *s, size_t len);

/* The same for canonical text that is known already, else 0. */
uint16_t names_find_vendor(
    const struct names *n, uint32_t owner, const char *s, size_t len);

/* The number of canonical text that is known already, or NAMES_NONE. */
uint32_t names_find_owner(const struct names *n, const char *s, size_t len);
uint32_t names_find_state(const struct names *n, const char *s, size_t len);
uint32_t names_find_file(const struct names *n, const char *s, size_t len);

/*
 * Canonical texts of numbers.  They belong to ${n} and live as long.
 * NAMES_BEYOND bytes of NUL follow each.
 */
#define NAMES_BEYOND INTERN_BEYOND
const char *names_owner_text(const struct names *n, uint32_t id, size_t *len);
const char *names_state_text(const struct names *n, uint32_t id, size_t *len);
const char *names_file_text(const struct names *n, uint32_t id, size_t *len);

/* Likewise; ${vendor} is not 0. */
const char *names_vendor_text(
    const struct names *n, uint32_t owner, uint16_t vendor, size_t *len);

/* One part of an owner, canonical, between its quotes.  Likewise. */
enum names_part { NAMES_COMPANY, NAMES_PROJECT, NAMES_MACHINE };
const char *names_part(
    const struct names *n, uint32_t owner, enum names_part part, size_t *len);

/* The plain text of a part, state or file, put at the end of ${b}. */
void names_put_part(
    const struct names *n, uint32_t owner, enum names_part part, struct buf *b);
void names_put_state(const struct names *n, uint32_t state, struct buf *b);
void names_put_file(const struct names *n, uint32_t file, struct buf *b);

/* The same of a vendor's id: the machineId where ${vendor} is 0. */
void names_put_vendor(
    const struct names *n, uint32_t owner, uint16_t vendor, struct buf *b);

/* How many there are of each; numbers run from 0. */
uint32_t names_owners(const struct names *n);
uint32_t names_states(const struct names *n);
uint32_t names_files(const struct names *n);

/*
 * Record order: the byte order of the canonical lines, ties included (so
 * source lines compare as text: "a.csv:10" before "a.csv:9").  A
 * sort_compare; ${names} is a struct names *.
 */
int names_compare(const void *a, const void *b, void *names);

/*
 * A sort_key and its sort_begin for that order, by owner and start; ${names}
 * is a struct names *.  names_rank gives the owners known by now their ranks.
 */
uint64_t names_key(const void *record, void *names);
void names_rank(void *names);

/* An owner's rank in record order, which names_rank gave it. */
uint32_t names_rank_of(const struct names *n, uint32_t owner);

/* Memory taken by all texts and tables, in bytes. */
size_t names_memory(const struct names *n);

/*
 * ${memory} bytes are there for names and records: as intern_limit has it, for
 * owners, states, files and vendors' ids each.
 */
void names_limit(struct names *n, size_t memory);

/* NULL is welcome. */
void names_free(struct names *n);

#endif
