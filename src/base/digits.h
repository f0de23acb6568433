/* digits.h - two digits at once, for times. */

#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

/* The number in the two digits at ${s}; beyond 99 if they are none. */
static inline unsigned
digits_pair(const char *s)
{
	unsigned tens = (unsigned char)s[0] - (unsigned)'0';
	unsigned ones = (unsigned char)s[1] - (unsigned)'0';

	return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones;
}

#endif
