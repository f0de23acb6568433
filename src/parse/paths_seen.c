/* paths_seen.c - what stands in a document, for who looks for something else.
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "parse/near.h"
#include "parse/paths_seen.h"

/* Longer names are no help. */
#define LONGEST 120
#define SHOWN 8

static void
forget(struct paths_seen *s)
{
	for (size_t i = 0; i < s->names; i++)
		free(s->name[i]);
	s->names = 0;
}

static void
note(struct paths_seen *s, const char *name)
{
	size_t len = strlen(name);

	if (len == 0 || len > LONGEST || s->names == PATHS_SEEN_NAMES)
		return;
	for (size_t i = 0; i < s->names; i++)
		if (strcmp(s->name[i], name) == 0)
			return;
	s->name[s->names++] = xstrndup(name, len);
}

void
paths_seen_open(struct paths_seen *s, size_t level, const char *name,
    size_t len, int is_inside, uint64_t records)
{
	s->at[level] = s->trail.len;
	if (records >= PATHS_SEEN_RECORDS || level == 0)
		return;
	buf_putc(&s->trail, '/');
	buf_put(&s->trail, name, len < LONGEST ? len : LONGEST);
	if (!is_inside) {
		s->record_level = level;
		if (records == 0 && !s->is_inside)
			note(s, buf_text(&s->trail));
		return;
	}
	if (!s->is_inside)
		forget(s);
	s->is_inside = 1;
	note(s, buf_text(&s->trail) + s->at[s->record_level + 1] + 1);
}

void
paths_seen_close(struct paths_seen *s, size_t level)
{
	s->trail.len = s->at[level];
	if (s->trail.data != NULL)
		s->trail.data[s->trail.len] = '\0';
}

void
paths_seen_miss(const struct paths_seen *s, const char *path, struct buf *to)
{
	const char *near = NULL;
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < s->names; i++) {
		size_t distance = near_distance(path, s->name[i]);

		if (distance < best) {
			best = distance;
			near = s->name[i];
		}
	}
	buf_printf(to, "%s '%s'", to->len > 0 ? "," : "no path", path);
	if (near != NULL && best <= strlen(near) / 2) {
		buf_puts(to, " (is '");
		buf_safe(to, near);
		buf_puts(to, "' meant?)");
	}
}

void
paths_seen_list(const struct paths_seen *s, struct buf *to)
{
	buf_puts(to, s->names > 0 ? "; there are " : "; the document is empty");
	for (size_t i = 0; i < s->names && i < SHOWN; i++) {
		buf_puts(to, i > 0 ? ", '" : "'");
		buf_safe(to, s->name[i]);
		buf_puts(to, "'");
	}
}

void
paths_seen_free(struct paths_seen *s)
{
	if (s == NULL)
		return;
	forget(s);
	buf_free(&s->trail);
}
