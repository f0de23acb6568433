/* zone.c - time zones: local clocks to UTC, with what DST does to them. */

#include "config.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/instant.h"
#include "base/xalloc.h"
#include "base/zone.h"

/*
 * The C library knows the rules but only for one zone at a time, and offers
 * no way to ask for both readings of a doubtful time.  So each zone is asked
 * once for all its changes, and looked up in a table from then on.  Outside
 * the years below the nearest offset holds.
 */
#define FIRST (-631152000LL) /* 1950-01-01 */
#define LAST 4102444800LL    /* 2100-01-01 */

/* No zone has changed twice within this: the shortest are a week less an hour,
 * the summer of Recife in 2000 and the Ramadan breaks foreseen for Gaza. */
#define STEP (5 * 86400)

/* A clock is never further than this from UTC, nor does a change move it
 * further: Samoa once skipped a day. */
#define NEAR (2 * 86400)

struct span {
	int64_t from;	/* instant; the first is INT64_MIN */
	int64_t offset; /* seconds east of UTC */
};

struct zone {
	struct zone *next;
	char *name;
	struct span *span;
	size_t count;
};

static struct zone *zones;

/* Names that are none, so that rows that all have one do not all look for its
 * file; as long as the longest that is one, and some more. */
#define MOST_UNKNOWN 64
#define LONGEST 64
static struct {
	char name[LONGEST];
	size_t len;
} unknown[MOST_UNKNOWN];
static size_t unknowns;

/* Is ${name} a file of the system's zones?  glibc would not say. */
static int
is_known(const char *name)
{
	const char *dir = getenv("TZDIR");
	struct buf path = { 0 };
	char magic[4] = "";
	ssize_t n = 0;
	int fd;

	if (name[0] == '/' || name[0] == '.' || name[0] == ':' ||
	    strstr(name, "..") != NULL)
		return 0;
	buf_printf(&path, "%s/%s",
	    dir != NULL && dir[0] != '\0' ? dir : "/usr/share/zoneinfo", name);
	if ((fd = open(path.data, O_RDONLY | O_CLOEXEC)) >= 0) {
		n = read(fd, magic, sizeof magic);
		close(fd);
	}
	buf_free(&path);
	return n == (ssize_t)sizeof magic && memcmp(magic, "TZif", 4) == 0;
}

/* The offset at an instant, in the zone that TZ names now. */
static int64_t
ask(int64_t instant)
{
	time_t t = (time_t)instant;
	struct tm tm;

	return localtime_r(&t, &tm) != NULL ? (int64_t)tm.tm_gmtoff : 0;
}

static void
add_span(struct zone *z, int64_t from, int64_t offset)
{
	z->span = xreallocarray(z->span, z->count + 1, sizeof *z->span);
	z->span[z->count++] = (struct span){ from, offset };
}

/* Find all changes between FIRST and LAST. */
static void
tabulate(struct zone *z)
{
	int64_t at = FIRST, offset = ask(FIRST);

	add_span(z, INT64_MIN, offset);
	while (at < LAST) {
		int64_t next = at + STEP, low = at;

		if (ask(next) == offset) {
			at = next;
			continue;
		}
		/* The first instant after ${low} with another offset. */
		while (next - low > 1) {
			int64_t middle = low + (next - low) / 2;

			if (ask(middle) == offset)
				low = middle;
			else
				next = middle;
		}
		offset = ask(next);
		add_span(z, next, offset);
		at = next;
	}
}

static void
tabulate_named(struct zone *z)
{
	const char *before = getenv("TZ");
	char *saved = before != NULL ? xstrdup(before) : NULL;

	setenv("TZ", z->name, 1);
	tzset();
	tabulate(z);
	if (saved != NULL)
		setenv("TZ", saved, 1);
	else
		unsetenv("TZ");
	tzset();
	free(saved);
}

/* "+01:00", "Z" or "UTC" into seconds east.  0, or -1. */
static int
read_fixed(const char *s, size_t len, int64_t *offset)
{
	static const char zero[] = "1970-01-01T00:00:00";
	char text[sizeof zero + 6];
	int64_t ms;

	*offset = 0;
	if ((len == 1 && (s[0] == 'Z' || s[0] == 'z')) ||
	    (len == 3 && memcmp(s, "UTC", 3) == 0))
		return 0;
	if (len != 6 || (s[0] != '+' && s[0] != '-'))
		return -1;
	memcpy(text, zero, sizeof zero - 1);
	memcpy(text + sizeof zero - 1, s, len);
	if (instant_read(text, sizeof zero - 1 + len, &ms, NULL) != INSTANT_OK)
		return -1;
	*offset = -ms / 1000;
	return 0;
}

const struct zone *
zone_find(const char *name, size_t len)
{
	struct zone *z;
	int64_t offset;
	int fixed;

	for (z = zones; z != NULL; z = z->next)
		if (strlen(z->name) == len && memcmp(z->name, name, len) == 0)
			return z;
	if (len == 0 || len > LONGEST || memchr(name, '\0', len) != NULL)
		return NULL;
	for (size_t i = 0; i < unknowns; i++)
		if (unknown[i].len == len &&
		    memcmp(unknown[i].name, name, len) == 0)
			return NULL;
	z = xcalloc(1, sizeof *z);
	z->name = xstrndup(name, len);
	fixed = read_fixed(name, len, &offset) == 0;
	if (fixed) {
		add_span(z, INT64_MIN, offset);
	} else if (is_known(z->name)) {
		tabulate_named(z);
	} else {
		if (unknowns < MOST_UNKNOWN) {
			unknown[unknowns].len = len;
			memcpy(unknown[unknowns++].name, name, len);
		}
		free(z->name);
		free(z);
		return NULL;
	}
	z->next = zones;
	zones = z;
	return z;
}

const char *
zone_name(const struct zone *zone)
{
	return zone->name;
}

/* The span that holds ${instant}. */
static size_t
span_at(const struct zone *z, int64_t instant)
{
	size_t low = 0, high = z->count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (z->span[middle].from <= instant)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* True if ${local} is a time of span ${i}'s own clock. */
static int
is_within(const struct zone *z, size_t i, int64_t local)
{
	int64_t instant = local - z->span[i].offset;

	return instant >= z->span[i].from &&
	       (i + 1 == z->count || instant < z->span[i + 1].from);
}

enum zone_verdict
zone_instant(
    const struct zone *zone, int64_t local, int64_t *earlier, int64_t *later)
{
	size_t first = span_at(zone, local - NEAR);
	size_t last = span_at(zone, local + NEAR);
	int found = 0;

	for (size_t i = first; i <= last; i++)
		if (is_within(zone, i, local)) {
			*later = local - zone->span[i].offset;
			if (found++ == 0)
				*earlier = *later;
		}
	if (found > 0)
		return found == 1 ? ZONE_OK : ZONE_FOLD;
	/* Beyond the end by the old clock, before the start by the new one. */
	for (size_t i = first; i < last; i++) {
		*later = local - zone->span[i].offset;
		*earlier = local - zone->span[i + 1].offset;
		if (*later >= zone->span[i + 1].from &&
		    *earlier < zone->span[i + 1].from)
			break;
	}
	return ZONE_GAP;
}

int
zone_is_calm(const struct zone *zone, int64_t local, int64_t *from,
    int64_t *until, int64_t *ahead)
{
	size_t i = span_at(zone, local);

	*from = i == 0 ? INT64_MIN : zone->span[i].from + NEAR;
	*until =
	    i + 1 == zone->count ? INT64_MAX : zone->span[i + 1].from - NEAR;
	*ahead = zone->span[i].offset;
	return local >= *from && local < *until;
}

int64_t
zone_offset(const struct zone *zone, int64_t instant)
{
	return zone->span[span_at(zone, instant)].offset;
}

int64_t
zone_span(
    const struct zone *zone, int64_t instant, int64_t *from, int64_t *until)
{
	size_t i = span_at(zone, instant);

	*from = zone->span[i].from;
	*until = i + 1 == zone->count ? INT64_MAX : zone->span[i + 1].from;
	return zone->span[i].offset;
}
