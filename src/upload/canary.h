/* canary.h - one machine on one day, to be looked at before the rest is sent.
 */

#ifndef UPLOAD_CANARY_H
#define UPLOAD_CANARY_H

#include <stdint.h>

#include "base/buf.h"
#include "upload/days.h"

/* Valid when zeroed. */
struct canary {
	struct buf machine;
	char day[DAYS_TEXT];
	int64_t from, until; /* the day, seconds since 1970 */
};

/* Read "EX-001@2025-03-03", a day of the zone ${zone} (NULL: UTC).  0, or -1
 * after a message. */
int canary_read(struct canary *c, const char *text, const char *zone);

/* True if a period of ${machine} that starts at ${start} belongs to it. */
int canary_is(const struct canary *c, const char *machine, int64_t start);

/* NULL is welcome. */
void canary_free(struct canary *c);

#endif
