/* canary.c - one machine on one day, to be looked at before the rest is sent.
 */

#include "config.h"

#include <string.h>

#include "base/msg.h"
#include "base/zone.h"
#include "upload/canary.h"
#include "upload/sent.h"

int
canary_read(struct canary *c, const char *text, const char *name)
{
	/* A machine's id may hold an @, a day does not. */
	const char *at = strrchr(text, '@');
	const struct zone *zone;
	int64_t day;

	name = name != NULL ? name : "UTC";
	zone = zone_find(name, strlen(name));
	if (zone == NULL) {
		msg_warn("--zone: no zone %s here; names are like Europe/Oslo",
		    name);
		return -1;
	}
	if (at == NULL || at == text ||
	    days_read_one(at + 1, strlen(at + 1), c->day, &day) != 0) {
		msg_warn("--canary: MACHINE@DAY, as EX-001@2025-03-03, not %s",
		    text);
		return -1;
	}
	buf_put(&c->machine, text, (size_t)(at - text));
	c->from = sent_day(zone, day);
	c->until = sent_day(zone, day + 1);
	return 0;
}

int
canary_is(const struct canary *c, const char *machine, int64_t start)
{
	return start >= c->from && start < c->until &&
	       strcmp(buf_text(&c->machine), machine) == 0;
}

void
canary_free(struct canary *c)
{
	if (c != NULL)
		buf_free(&c->machine);
}
