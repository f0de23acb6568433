/* retry.h - how long to wait: pure arithmetic, all in milliseconds. */

#ifndef UPLOAD_RETRY_H
#define UPLOAD_RETRY_H

#include <stdint.h>

#include "base/rate.h"

#define RETRY_BASE INT64_C(500)
#define RETRY_CAP INT64_C(60000)

/* No wait was asked for. */
#define RETRY_NONE INT64_C(-1)

/* What a server may ask for: 1 s to 15 min. */
#define RETRY_AFTER_MIN INT64_C(1000)
#define RETRY_AFTER_MAX INT64_C(900000)

/* A random number below its argument: random_below, or a test's own. */
typedef uint64_t retry_random(uint64_t below);

/*
 * The wait after the ${n}th failure in a row, from 0: anything between
 * RETRY_BASE and the smaller of RETRY_CAP and RETRY_BASE * 2^n.
 */
int64_t retry_backoff(unsigned n, retry_random *random);

/*
 * What a Retry-After header asks for: seconds, or an HTTP date taken relative
 * to ${date}, the answer's own Date header (${now}, in seconds since 1970,
 * where that says nothing).  Held between the two bounds; RETRY_NONE when it
 * is neither.
 */
int64_t retry_after(const char *value, const char *date, int64_t now);

/* The milliseconds between two requests at ${rate}, 0 when there is none. */
int64_t retry_apart(const struct rate *rate);

/* ${ms} and up to a tenth more, so that many clients do not come at once. */
int64_t retry_jitter(int64_t ms, retry_random *random);

/*
 * Seconds since 1970 of an HTTP date, "Tue, 24 Nov 2026 03:54:58 GMT" (the
 * only form a server may send, RFC 9110 section 5.6.7).  0, or -1.
 */
int retry_http_date(const char *s, int64_t *seconds);

#endif
