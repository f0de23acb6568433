/* override.c - the command line beats the profile. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "parse/override.h"
#include "parse/profile_feed.h"

void
override_add_state(struct override *o, const char *state)
{
	o->state = xreallocarray(o->state, o->states + 1, sizeof *o->state);
	o->state[o->states++] = state;
}

void
override_add_unit(struct override *o, const char *unit)
{
	o->unit = xreallocarray(o->unit, o->units + 1, sizeof *o->unit);
	o->unit[o->units++] = unit;
}

static int
expected(const char *option, const char *value, const char *what)
{
	msg_warn("%s %s: expected %s", option, value, what);
	return -1;
}

static int
override_dst(const char *word, struct profile *p)
{
	static const char *const words[] = { "reject", "earlier", "later" };

	for (int i = 0; i < 3; i++)
		if (strcmp(word, words[i]) == 0) {
			p->dst = (enum dst_choice)i;
			return 0;
		}
	return expected("--dst", word, "reject, earlier or later");
}

static int
override_states(const struct override *o, struct profile *p)
{
	for (size_t i = 0; i < o->states; i++) {
		const char *equals = strrchr(o->state[i], '=');
		char *word;

		if (equals == NULL || equals[1] == '\0')
			return expected("--state", o->state[i],
			    "WORD=STATE, such as Graving=Working");
		word = xstrndup(o->state[i], (size_t)(equals - o->state[i]));
		profile_add_word(p, word, PROFILE_STATE_WORD, equals + 1);
		free(word);
	}
	return 0;
}

static int
override_units(const struct override *o, struct profile *p)
{
	for (size_t i = 0; i < o->units; i++) {
		const char *equals = strchr(o->unit[i], '=');
		char *counter;
		int got;

		if (equals == NULL || p->format != PROFILE_AEMP)
			return expected("--unit", o->unit[i],
			    "COUNTER=UNIT, such as idle=min, and a feed");
		counter = xstrndup(o->unit[i], (size_t)(equals - o->unit[i]));
		got = profile_feed_unit(p, counter, equals + 1);
		free(counter);
		if (got != 0)
			return expected("--unit", o->unit[i],
			    "operating, idle or moving, and a unit such as "
			    "min");
	}
	return 0;
}

static int
override_delimiter(const char *value, struct profile *p)
{
	const char *c = strcmp(value, "\\t") == 0 ? "\t" : value;

	if (strlen(c) != 1 || *c == '\n' || *c == '\r' ||
	    (unsigned char)*c >= 0x80 || *c == p->dialect.quote)
		return expected("--delimiter", value,
		    "one ASCII character that is neither quote nor line end, "
		    "or \\t");
	p->dialect.delimiter = *c;
	return 0;
}

/* An option that would be passed over in silence is refused. */
static int
has_meaning(const struct override *o, const struct profile *p)
{
	int is_text = p->format == PROFILE_CSV || p->format == PROFILE_JSON ||
		      p->format == PROFILE_RECORDS;

	if (o->encoding != NULL && !is_text)
		return expected("--encoding", o->encoding,
		    "a text file: feeds, XML and workbooks say their own");
	if (o->delimiter != NULL && p->format != PROFILE_CSV)
		return expected(
		    "--delimiter", o->delimiter, "a profile for CSV");
	return 0;
}

int
override(const struct override *o, struct profile *p)
{
	int64_t ms;

	if (has_meaning(o, p) != 0)
		return -1;
	if (o->zone != NULL &&
	    (p->zone = zone_find(o->zone, strlen(o->zone))) == NULL)
		return expected("--zone", o->zone,
		    "an IANA time zone such as Europe/Oslo, or +01:00");
	if (o->close_at != NULL) {
		if (instant_read(o->close_at, strlen(o->close_at), &ms, NULL) !=
		    INSTANT_OK)
			return expected("--close-at", o->close_at,
			    "a time such as 2025-01-15T08:00:00Z");
		p->rules.close_at = ms;
	}
	if (o->encoding != NULL) {
		free(p->encoding);
		p->encoding = xstrdup(o->encoding);
	}
	if (o->running != NULL)
		p->rules.running = o->running;
	if (o->dst != NULL && override_dst(o->dst, p) != 0)
		return -1;
	if (o->delimiter != NULL && override_delimiter(o->delimiter, p) != 0)
		return -1;
	if (override_units(o, p) != 0)
		return -1;
	return override_states(o, p);
}
