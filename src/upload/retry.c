/* retry.c - how long to wait: pure arithmetic, all in milliseconds. */

#include "config.h"

#include <string.h>

#include "base/instant.h"
#include "base/number.h"
#include "upload/retry.h"

/* Seconds beyond this are the same as forever. */
#define FOREVER 1000000000U

int64_t
retry_backoff(unsigned n, retry_random *random)
{
	int64_t most = RETRY_BASE;

	while (n-- > 0 && most < RETRY_CAP)
		most *= 2;
	if (most > RETRY_CAP)
		most = RETRY_CAP;
	return RETRY_BASE + (int64_t)random((uint64_t)(most - RETRY_BASE) + 1);
}

int64_t
retry_apart(const struct rate *rate)
{
	return rate->requests == 0
		   ? 0
		   : (int64_t)(rate->seconds * 1000000 / rate->requests);
}

int64_t
retry_jitter(int64_t ms, retry_random *random)
{
	return ms + (int64_t)random((uint64_t)ms / 10 + 1);
}

/* The ${n} digits at ${s}, or -1. */
static int
digits(const char *s, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		value = value * 10 + (s[i] - '0');
	}
	return value;
}

int
retry_http_date(const char *s, int64_t *seconds)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	static const char shape[] = "___, __ ___ ____ __:__:__ GMT";
	struct instant_civil c;
	char name[4] = "";
	const char *month;

	if (strlen(s) != strlen(shape))
		return -1;
	for (size_t i = 0; shape[i] != '\0'; i++)
		if (shape[i] != '_' && shape[i] != s[i])
			return -1;
	memcpy(name, s + 8, 3);
	month = strstr(months, name);
	if (month == NULL || (month - months) % 3 != 0)
		return -1;
	c.day = digits(s + 5, 2);
	c.month = (int)(month - months) / 3 + 1;
	c.year = digits(s + 12, 4);
	c.hour = digits(s + 17, 2);
	c.minute = digits(s + 20, 2);
	c.second = digits(s + 23, 2);
	if (c.day < 0 || c.year < 0 || c.hour < 0 || c.minute < 0 ||
	    c.second < 0)
		return -1;
	return instant_from_civil(&c, seconds);
}

int64_t
retry_after(const char *value, const char *date, int64_t now)
{
	uint64_t seconds = 0;
	int64_t then, wait;

	if (number_whole(value, strlen(value), UINT64_MAX, &seconds) == 0) {
		wait = seconds > FOREVER ? FOREVER : (int64_t)seconds;
	} else if (retry_http_date(value, &then) == 0) {
		int64_t from = now;

		if (retry_http_date(date, &from) != 0)
			from = now;
		wait = then - from;
	} else {
		return RETRY_NONE;
	}
	if (wait < RETRY_AFTER_MIN / 1000)
		return RETRY_AFTER_MIN;
	if (wait > RETRY_AFTER_MAX / 1000)
		return RETRY_AFTER_MAX;
	return wait * 1000;
}
