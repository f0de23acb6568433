/* csv_block.h - where in 64 bytes those are that mean something in CSV. */

#ifndef PARSE_CSV_BLOCK_H
#define PARSE_CSV_BLOCK_H

#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/*
 * The first byte is the lowest bit of what is found.  What is asked most is
 * there twice: for any machine, eight bytes at a time, and with SSE2.
 */
#define CSV_BLOCK 64

/* The bytes at ${p} that are ${c}. */
static inline uint64_t
csv_block_find_portably(const char *p, char c)
{
	const uint64_t ones = UINT64_MAX / 255, low = ones * 0x7f;
	uint64_t v, found = 0;

	for (int i = CSV_BLOCK - 8; i >= 0; i -= 8) {
		memcpy(&v, p + i, sizeof v);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		v = __builtin_bswap64(v);
#endif
		v ^= ones * (unsigned char)c;
		/* The high bit of each byte that is 0 now, and no other. */
		v = ~(((v & low) + low) | v | low);
		/* To one byte: what is multiplied meets in the highest. */
		found =
		    found << 8 | (v >> 7) * UINT64_C(0x0102040810204080) >> 56;
	}
	return found;
}

/* Whether there is a byte from 0x80. */
static inline int
csv_block_high(const char *p)
{
	uint64_t v, high = 0;

#pragma GCC unroll 8
	for (int i = 0; i < CSV_BLOCK; i += 8) {
		memcpy(&v, p + i, sizeof v);
		high |= v;
	}
	return (high & UINT64_MAX / 255 * 0x80) != 0;
}

/* The bytes that are ${a} or ${b}; *${odd} says whether there may be others
 * that a plain line has not: a ${quote}, CR, NUL or a byte from 0x80. */
static inline uint64_t
csv_block_cuts_portably(const char *p, char a, char b, char quote, int *odd)
{
	*odd = csv_block_high(p) || (csv_block_find_portably(p, quote) |
					csv_block_find_portably(p, '\r') |
					csv_block_find_portably(p, '\0')) != 0;
	return csv_block_find_portably(p, a) | csv_block_find_portably(p, b);
}

#ifdef __SSE2__
static inline __m128i
csv_block_part(const char *p, int i)
{
	return _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
}

static inline uint64_t
csv_block_find(const char *p, char c)
{
	const __m128i what = _mm_set1_epi8(c);
	uint64_t found = 0;

#pragma GCC unroll 4
	for (int i = 0; i < CSV_BLOCK / 16; i++)
		found |= (uint64_t)_mm_movemask_epi8(
			     _mm_cmpeq_epi8(csv_block_part(p, i), what))
			 << 16 * i;
	return found;
}

static inline uint64_t
csv_block_cuts(const char *p, char a, char b, char quote, int *odd)
{
	const __m128i is_a = _mm_set1_epi8(a), is_b = _mm_set1_epi8(b);
	const __m128i is_quote = _mm_set1_epi8(quote);
	const __m128i cr = _mm_set1_epi8('\r');
	__m128i plain = _mm_set1_epi8(-1), quotes = _mm_setzero_si128();
	uint64_t found = 0;

#pragma GCC unroll 4
	for (int i = 0; i < CSV_BLOCK / 16; i++) {
		__m128i v = csv_block_part(p, i);
		__m128i cut = _mm_or_si128(
		    _mm_cmpeq_epi8(v, is_a), _mm_cmpeq_epi8(v, is_b));

		found |= (uint64_t)_mm_movemask_epi8(cut) << 16 * i;
		/* Bytes from 0x80 are below 0 to this machine: one question
		 * asks for CR, NUL, them, and some that do no harm. */
		plain = _mm_and_si128(
		    plain, _mm_or_si128(cut, _mm_cmpgt_epi8(v, cr)));
		quotes = _mm_or_si128(quotes, _mm_cmpeq_epi8(v, is_quote));
	}
	*odd = _mm_movemask_epi8(_mm_andnot_si128(quotes, plain)) != 0xffff;
	return found;
}
#else
#define csv_block_find csv_block_find_portably
#define csv_block_cuts csv_block_cuts_portably
#endif

#endif
