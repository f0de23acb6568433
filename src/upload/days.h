/* days.h - days and ranges of days, as people write them. */

#ifndef UPLOAD_DAYS_H
#define UPLOAD_DAYS_H

#include <stddef.h>
#include <stdint.h>

/* "2025-03-01", with its NUL. */
#define DAYS_TEXT 11

/* From one day to another, both included. */
struct days {
	char first_text[DAYS_TEXT], last_text[DAYS_TEXT];
	int64_t first, last; /* since 1970-01-01 */
};

/* Read the ${len} bytes of a date.  0, or -1. */
int days_read_one(
    const char *s, size_t len, char text[DAYS_TEXT], int64_t *day);

/* Read "2025-03-01..2025-03-31", or one day, given to ${option}.  0, or -1
 * after a message. */
int days_read(const char *s, const char *option, struct days *d);

#endif
