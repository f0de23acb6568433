/* instant.h - points in time: RFC 3339 read and written, civil arithmetic. */

#ifndef BASE_INSTANT_H
#define BASE_INSTANT_H

#include <stddef.h>
#include <stdint.h>

/*
 * An instant is a count of seconds, or where it says so of milliseconds,
 * since 1970-01-01T00:00:00Z, without leap seconds.  Years 0000 to 9999.
 */
#define INSTANT_MIN (-62167219200LL) /* 0000-01-01T00:00:00Z */
#define INSTANT_MAX 253402300799LL   /* 9999-12-31T23:59:59Z */
#define INSTANT_NONE INT64_MIN	     /* no instant */
#define INSTANT_DAY 86400	     /* seconds of a day of UTC */

enum instant_verdict {
	INSTANT_OK,    /* an instant */
	INSTANT_LOCAL, /* no zone stated: the value is the clock's, as if UTC */
	INSTANT_BAD,   /* not a date and time, or one that does not exist */
};

/* A date and a clock; fields as people write them (month 1 to 12). */
struct instant_civil {
	int year, month, day, hour, minute, second;
};

/*
 * Read RFC 3339 from ${len} bytes at ${s}: "2025-01-15T08:00:00Z", with "T",
 * "t" or one space between, a fraction of any length (floored to the
 * millisecond), "Z", "z" or "+hh:mm".  24:00:00 is the next day's 00:00:00.
 * A second of 60 is taken for 59 and sets *${leap} to 1, which is otherwise
 * left alone; ${leap} may be NULL.  ${ms} is in milliseconds.
 */
enum instant_verdict instant_read(
    const char *s, size_t len, int64_t *ms, int *leap);

/*
 * The stream's own form, exactly "YYYY-MM-DDTHH:MM:SSZ" (20 bytes at ${s}).
 * 0, or -1.  Remembers the last date, so it is cheap on sorted data.
 */
int instant_read_utc(const char *s, int64_t *seconds);

/* Write the 20 bytes of that form, without NUL. */
void instant_write(char *to, int64_t seconds);

/* The same as a string of the caller's: INSTANT_TEXT bytes with NUL. */
#define INSTANT_TEXT 21
const char *instant_text(char to[INSTANT_TEXT], int64_t seconds);

/* Seconds of a civil time read as UTC.  0, or -1 if there is no such time. */
int instant_from_civil(const struct instant_civil *c, int64_t *seconds);

/* The civil time, in UTC, of ${seconds}. */
void instant_to_civil(int64_t seconds, struct instant_civil *c);

/* ${ms} floored to whole seconds. */
static inline int64_t
instant_floor(int64_t ms)
{
	return ms / 1000 - (ms % 1000 < 0);
}

/* The midnight, of UTC, at which the day of ${seconds} began. */
static inline int64_t
instant_midnight(int64_t seconds)
{
	int64_t into = seconds % INSTANT_DAY;

	return seconds - (into < 0 ? into + INSTANT_DAY : into);
}

/* The system's clock, in seconds. */
int64_t instant_now(void);

#endif
