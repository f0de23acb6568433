/* digits.h - several digits at once, for times. */

#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include <stdint.h>
#include <string.h>

/* The number in the two digits at ${s}; beyond 99 if they are none. */
static inline unsigned
digits_pair(const char *s)
{
	unsigned tens = (unsigned char)s[0] - (unsigned)'0';
	unsigned ones = (unsigned char)s[1] - (unsigned)'0';

	return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones;
}

/* Write ${n}, below 100, as two digits: a division for each would cost more
 * than all else. */
static inline void
digits_write(char *to, unsigned n)
{
	static const char pairs[] = "00010203040506070809101112131415161718192"
				    "02122232425262728293031323334353637383940"
				    "41424344454647484950515253545556575859606"
				    "16263646566676869707172737475767778798081"
				    "828384858687888990919293949596979899";

	memcpy(to, pairs + 2 * n, 2);
}

/* The eight bytes at ${s}, the first lowest. */
static inline uint64_t
digits_load(const char *s)
{
	uint64_t v;

	memcpy(&v, s, sizeof v);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v;
}

/*
 * The number that the ${n} bytes before ${end} say, 1 to 8 of the eight that
 * may be read there; UINT64_MAX if they are not all digits.
 */
static inline uint64_t
digits_number(const char *end, unsigned n)
{
	uint64_t v = digits_load(end - 8) ^ UINT64_C(0x3030303030303030);

	/* What is before them counts as zeros. */
	v &= UINT64_MAX << (64 - 8 * n);
	if (((v | (v + UINT64_C(0x0606060606060606))) &
		UINT64_C(0xf0f0f0f0f0f0f0f0)) != 0)
		return UINT64_MAX;
	/* Neighbours together: to pairs, to fours, to all. */
	v = v * 10 + (v >> 8);
	v = (v & UINT64_C(0x00ff00ff00ff00ff)) * 100 +
	    (v >> 16 & UINT64_C(0x00ff00ff00ff00ff));
	return (v & 0xffff) * 10000 + (v >> 32 & 0xffff);
}

/* Put the eight bytes of ${v}, the lowest first, at ${to}. */
static inline void
digits_store(char *to, uint64_t v)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	memcpy(to, &v, sizeof v);
}

/*
 * Write ${n}, below 100,000,000, without zeros before it: behind its last
 * digit.  All eight bytes at ${to} are written.
 */
static inline char *
digits_write_number(char *to, uint32_t n)
{
	uint64_t v = n / 10000 | (uint64_t)(n % 10000) << 32, high;
	int zeros;

	/* Each half divided by 100, each quarter by 10: all at once, by
	 * multiplying. */
	high = v * 10486 >> 20 & UINT64_C(0x0000007f0000007f);
	v = high | (v - high * 100) << 16;
	high = v * 103 >> 10 & UINT64_C(0x000f000f000f000f);
	v = high | (v - high * 10) << 8;
	zeros = __builtin_ctzll(v | UINT64_C(1) << 56) / 8;
	digits_store(to, (v | UINT64_C(0x3030303030303030)) >> 8 * zeros);
	return to + 8 - zeros;
}

/* Seconds of a day. */
#define DIGITS_DAY 86400

/*
 * The second of the day that the eight bytes "hh:mm:ss" at ${s} say; DIGITS_DAY
 * if they say none.
 */
static inline unsigned
digits_clock(const char *s)
{
	uint64_t v = digits_load(s), pairs;
	unsigned hour, minute, second;

	/* Colons become 0, digits their values, anything else more than 9. */
	v ^= UINT64_C(0x30303a30303a3030);
	if (((v | (v + UINT64_C(0x0606000606000606))) &
		UINT64_C(0xf0f0fff0f0fff0f0)) != 0)
		return DIGITS_DAY;
	pairs = v * 10 + (v >> 8);
	hour = pairs & 0xff;
	minute = pairs >> 24 & 0xff;
	second = pairs >> 48 & 0xff;
	return hour > 23 || minute > 59 || second > 59
		   ? DIGITS_DAY
		   : hour * 3600 + minute * 60 + second;
}

/* Write the eight bytes "hh:mm:ss" of the second ${clock} of a day. */
static inline void
digits_write_clock(char *to, unsigned clock)
{
	unsigned minutes = clock / 60, hour = minutes / 60;
	uint64_t v = hour | (uint64_t)(minutes - hour * 60) << 24 |
		     (uint64_t)(clock - minutes * 60) << 48;
	uint64_t tens = v * 103 >> 10 & UINT64_C(0x000f00000f00000f);

	v = tens | (v - tens * 10) << 8;
	digits_store(to, v | UINT64_C(0x30303a30303a3030));
}

#endif
