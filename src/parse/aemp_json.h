/* aemp_json.h - a feed's document in JSON. */

#ifndef PARSE_AEMP_JSON_H
#define PARSE_AEMP_JSON_H

#include "base/input.h"
#include "parse/aemp_doc.h"

/* Tell ${d} the current file of ${in}.  0, or -1 with ${p} as
 * json_events_error has it; what came before was told. */
int aemp_json_read(struct input *in, struct aemp_doc *d, struct problem *p);

#endif
