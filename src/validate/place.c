/* place.c - where a finding is, as programs look for it that know files. */

#include "config.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "validate/place.h"

static int
ends(const char *s, size_t len, const char *end)
{
	size_t n = strlen(end);

	return len > n && strncasecmp(s + len - n, end, n) == 0;
}

/* ditio-parse puts a slash between an archive and its member. */
static int
is_archive(const char *s, size_t len)
{
	static const char *const ending[] = { ".zip", ".tar", ".tgz", ".tbz2",
		".txz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst" };

	for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++)
		if (ends(s, len, ending[i]))
			return 1;
	return 0;
}

void
place_of(struct place *to, const struct problem *p)
{
	const char *s = p->file;

	*to = (struct place){ .line = p->line };
	if (s == NULL || *s == '\0')
		return;
	while (s[0] == '.' && s[1] == '/')
		for (s += 2; *s == '/'; s++)
			;
	if (*s == '\0')
		return;
	to->file = s;
	to->len = strlen(s);
	for (const char *slash = strchr(s, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		if (!is_archive(s, (size_t)(slash - s)))
			continue;
		to->len = (size_t)(slash - s);
		to->member = slash + 1;
		to->line = 0;
		return;
	}
}

void
place_put_member(
    struct buf *b, const struct place *place, const struct problem *p)
{
	if (place->member == NULL)
		return;
	buf_puts(b, place->member);
	if (p->line > 0)
		buf_printf(b, ":%" PRIu64, p->line);
	buf_puts(b, ": ");
}

void
place_put_uri(struct buf *b, const struct place *place)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/";

	if (place->file[0] == '/')
		buf_puts(b, "file://");
	for (size_t i = 0; i < place->len; i++) {
		char c = place->file[i];

		if (memchr(plain, c, sizeof plain - 1) != NULL)
			buf_putc(b, c);
		else
			buf_printf(b, "%%%02X", (unsigned char)c);
	}
}
