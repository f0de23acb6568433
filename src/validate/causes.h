/* causes.h - what stands behind many findings, found before they are told. */

#ifndef VALIDATE_CAUSES_H
#define VALIDATE_CAUSES_H

#include <stddef.h>

#include "record/names.h"
#include "record/record.h"
#include "validate/cause.h"
#include "validate/rule.h"
#include "validate/settings.h"

/*
 * Records are read once before they are judged, in record order, and a second
 * time where something was found that wants a closer look.  What is kept of
 * them is 2.3 KB a day (see fleet.h), 120 bytes a machine (and 300 more with a
 * calendar) and 32 an instant at which a clock stands still (65,536 of them at
 * most), however many records there are: 3 MB for 1000 machines and three
 * years.  Causes change nothing
 * that is done with a record.
 */
struct causes;

/* Both are borrowed until causes_free. */
struct causes *causes_new(
    const struct settings *settings, const struct names *names);

/* Say, as a note, which causes are on and will not be looked for, and why; of
 * a stream that comes ${sorted}, which other rules, too. */
void causes_say(const struct settings *settings, int sorted);

/* True if any rule of a cause is on that can be looked for. */
int causes_wanted(const struct causes *c);

/* The next record, in record order. */
void causes_take(struct causes *c, const struct record *r);

/* All records were taken; true: they are wanted once more, from the first. */
int causes_again(struct causes *c);

/*
 * The cause that explains a finding of rule ${id} about ${r}, found with
 * ${other} (the kept one before a gap, or that it meets), or NULL.
 */
struct cause *causes_explain(struct causes *c, enum rule_id id,
    const struct record *r, const struct record *other);

/* What was found, by rule and time.  They belong to ${c}, live as long. */
size_t causes_count(const struct causes *c);
struct cause *causes_at(struct causes *c, size_t i);

/* NULL is welcome. */
void causes_free(struct causes *c);

#endif
