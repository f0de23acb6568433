/* cause_export.h - everything ends at the instant of an export. */

#ifndef VALIDATE_CAUSE_EXPORT_H
#define VALIDATE_CAUSE_EXPORT_H

#include "record/record.h"
#include "validate/cause.h"
#include "validate/fleet.h"

/* Costs 40 bytes a machine. */
struct cause_export;

struct cause_export *cause_export_new(void);

/* The last period of a machine, the one that ends last, is ${r}. */
void cause_export_last(struct cause_export *e, const struct record *r);

/* All machines were told, the fleet too.  What was found belongs to ${e},
 * lives as long; or NULL. */
struct cause *cause_export_found(
    struct cause_export *e, const struct fleet *fleet);

/* NULL is welcome. */
void cause_export_free(struct cause_export *e);

#endif
