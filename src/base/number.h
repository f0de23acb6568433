/* number.h - decimal text to integers, exactly, whatever the locale. */

#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stddef.h>
#include <stdint.h>

/* How a file writes its numbers. */
struct number_style {
	char decimal;	       /* '.' or ',' */
	const char *thousands; /* NULL: none; " " is any kind of space */
};

/*
 * Read a plain decimal number ("-12.50") and multiply it by ${unit}, from
 * 1 to 10^18: the exact product, floored.  ${digits}, unless NULL, gets the
 * number of digits after the decimal mark.  Thousands are accepted only in
 * exact groups of three; exponents, signs of infinity and the like are not
 * numbers.  0, or -1 when it is no number or the product does not fit.
 */
int number_scaled(const char *s, size_t len, const struct number_style *style,
    int64_t unit, int64_t *value, int *digits);

/* Read a whole number, 0 to ${max}.  0, or -1. */
int number_whole(const char *s, size_t len, uint64_t max, uint64_t *value);

/*
 * Read "64M", "2G", "1048576", "10k" (powers of 1024) into bytes.  0, or -1.
 */
int number_bytes(const char *s, uint64_t *bytes);

#endif
