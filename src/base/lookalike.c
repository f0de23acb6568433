/* lookalike.c - ids that are one but for what is easily lost on the way. */

#include "config.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/intern.h"
#include "base/lookalike.h"
#include "base/xalloc.h"

struct lookalike {
	struct intern *plain; /* ids without what is easily lost */
	char **id;	      /* the first of each */
	size_t room;
	struct buf text;
};

struct lookalike *
lookalike_new(void)
{
	struct lookalike *l = xcalloc(1, sizeof *l);

	l->plain = intern_new();
	return l;
}

/* ${id} without case, blanks, signs and leading zeros, to ${l}->text.  What is
 * not ASCII stays, but for a no-break space. */
static void
make_plain(struct lookalike *l, const char *id, size_t len)
{
	int in_number = 0;

	buf_clear(&l->text);
	for (size_t i = 0; i < len; i++) {
		char c = id[i];
		int is_digit = c >= '0' && c <= '9';
		int is_capital = c >= 'A' && c <= 'Z';

		/* "40 817" is one number. */
		if (c == ' ' || c == '\t')
			continue;
		if (c == '\xc2' && i + 1 < len && id[i + 1] == '\xa0') {
			i++;
			continue;
		}
		if (is_digit && (c != '0' || in_number))
			buf_putc(&l->text, c);
		else if (is_capital || (c >= 'a' && c <= 'z') ||
			 (unsigned char)c >= 0x80)
			buf_putc(&l->text, is_capital ? c + ('a' - 'A') : c);
		in_number = is_digit && (c != '0' || in_number);
	}
}

void
lookalike_add(struct lookalike *l, const char *id, size_t len)
{
	uint32_t before = intern_count(l->plain), n;

	make_plain(l, id, len);
	n = intern_id(l->plain, buf_text(&l->text), l->text.len);
	if (n != before)
		return;
	if (n == l->room) {
		l->room = l->room > 0 ? l->room * 2 : 64;
		l->id = xreallocarray(l->id, l->room, sizeof *l->id);
	}
	l->id[n] = xstrndup(id, len);
}

const char *
lookalike_find(struct lookalike *l, const char *id, size_t len)
{
	uint32_t n;

	make_plain(l, id, len);
	if (l->text.len == 0)
		return NULL; /* nothing but signs is like nothing */
	n = intern_find(l->plain, buf_text(&l->text), l->text.len);
	return n != INTERN_NONE ? l->id[n] : NULL;
}

void
lookalike_free(struct lookalike *l)
{
	if (l == NULL)
		return;
	for (uint32_t n = 0; n < intern_count(l->plain); n++)
		free(l->id[n]);
	free(l->id);
	intern_free(l->plain);
	buf_free(&l->text);
	free(l);
}
