/* xml_fast.c - ordinary elements of XML, read without a parser. */

#include "config.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/same.h"
#include "base/utf8.h"
#include "parse/xml_fast.h"

/* The first byte from ${p} to before ${end} that is a control character, not
 * ASCII, "<", "&" or ${stop}; or ${end}. */
static const char *
find_stop(const char *p, const char *end, char stop)
{
#ifdef __SSE2__
	/* As signed bytes those beyond ASCII are below blanks too. */
	const __m128i blank = _mm_set1_epi8(' '), less = _mm_set1_epi8('<'),
		      ampersand = _mm_set1_epi8('&'), own = _mm_set1_epi8(stop);

	for (; end - p >= 16; p += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i a = _mm_or_si128(
		    _mm_cmplt_epi8(v, blank), _mm_cmpeq_epi8(v, own));
		__m128i b = _mm_or_si128(
		    _mm_cmpeq_epi8(v, less), _mm_cmpeq_epi8(v, ampersand));
		int found = _mm_movemask_epi8(_mm_or_si128(a, b));

		if (found != 0)
			return p + __builtin_ctz((unsigned)found);
	}
#endif
	while (p < end && (unsigned char)*p - 0x20u < 0x60 && *p != '<' &&
	       *p != '&' && *p != stop)
		p++;
	return p;
}

static struct xml_fast_event *
add(struct xml_fast *f, enum xml_fast_kind kind, const char *s, size_t len)
{
	struct xml_fast_event *e;

	if (f->events == XML_FAST_EVENTS)
		return NULL;
	e = &f->event[f->events++];
	e->kind = kind;
	e->s = s;
	e->len = len;
	return e;
}

static void
end_line(struct xml_fast *f, const char *newline)
{
	f->lines++;
	f->newline = newline;
	f->extra = 0;
}

/* Whether ${p} has a character beyond ASCII; then ${p} moves behind it. */
static int
skip_wide(struct xml_fast *f, const char **p, const char *end)
{
	const char *s = *p;
	size_t n;

	if ((unsigned char)*s < 0x80 ||
	    (n = utf8_character(s, (size_t)(end - s))) == 0)
		return 0;
	/* U+FFFE and U+FFFF have no place in XML. */
	if (n == 3 && memcmp(s, "\xef\xbf", 2) == 0 &&
	    (unsigned char)s[2] >= 0xbe)
		return 0;
	f->extra += (unsigned)n - 1;
	*p = s + n;
	return 1;
}

/* The character that the reference at ${p} stands for, and its length; or
 * NULL. */
static const char *
read_reference(const char *p, const char *end, size_t *len)
{
	static const char *const known[] = { "&amp;", "&", "&lt;", "<", "&gt;",
		">", "&quot;", "\"", "&apos;", "'" };

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i += 2) {
		*len = strlen(known[i]);
		if ((size_t)(end - p) >= *len && memcmp(p, known[i], *len) == 0)
			return known[i + 1];
	}
	return NULL;
}

/* Text from ${p} to before ${end}, if there is any.  False when there were too
 * many. */
static int
add_text(struct xml_fast *f, const char *p, const char *end)
{
	return p == end || add(f, XML_FAST_TEXT, p, (size_t)(end - p)) != NULL;
}

/*
 * Text, up to a tag or what is not ordinary.  "]" may begin what ends a CDATA
 * section, which has no place in text.  A carriage return is no part of the
 * newline it stands before.
 */
static const char *
read_text(struct xml_fast *f, const char *p, const char *end)
{
	const char *from = p, *character;
	size_t len;

	for (;;) {
		p = find_stop(p, end, ']');
		if (p == end || *p == '<')
			break;
		if (*p == '\n') {
			end_line(f, p);
		} else if (*p == '\r' && end - p > 1 && p[1] == '\n') {
			if (!add_text(f, from, p))
				return NULL;
			from = p + 1;
		} else if (*p == '&') {
			character = read_reference(p, end, &len);
			if (character == NULL)
				break;
			if (!add_text(f, from, p) ||
			    !add_text(f, character, character + 1))
				return NULL;
			from = p += len;
			continue;
		} else if (*p != '\t') {
			if (!skip_wide(f, &p, end))
				break;
			continue;
		}
		p++;
	}
	return add_text(f, from, p) ? p : NULL;
}

static int
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* True of bytes of a name; also of those that make it no ordinary one. */
static int
is_name(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
	       c == ':' || (unsigned char)c >= 0x80;
}

/* The name of ${len} bytes, known or new; NULL when there are too many. */
static struct xml_fast_name *
find_name(struct xml_fast *f, const char *s, size_t len)
{
	struct xml_fast_name *n;

	for (n = f->name; n < f->name + f->names; n++)
		if (n->len == len && same_bytes(n->text, s, len))
			return n;
	if (f->names == XML_FAST_NAMES)
		return NULL;
	f->names++;
	memcpy(n->text, s, len);
	n->text[len] = '\0';
	n->len = len;
	n->element = n->attribute = NULL;
	return n;
}

/*
 * The name at *${p}, which moves behind it; NULL if it is none.  Names follow
 * each other as they did before: it is most likely *${guess}, which it becomes.
 */
static struct xml_fast_name *
read_name(struct xml_fast *f, struct xml_fast_name **guess, const char **p,
    const char *end)
{
	struct xml_fast_name *n = *guess;
	const char *s = *p;
	size_t len = 0, most = (size_t)(end - s);

	if (n != NULL && n->len < most && same_bytes(s, n->text, n->len) &&
	    !is_name(s[n->len])) {
		*p = s + n->len;
		return n;
	}
	if (most == 0 || !is_letter(*s))
		return NULL;
	for (; len < most && is_name(s[len]); len++)
		if (s[len] == ':' || (unsigned char)s[len] >= 0x80)
			return NULL;
	if (len == most || len >= XML_FAST_NAME ||
	    (n = find_name(f, s, len)) == NULL)
		return NULL;
	*guess = n;
	*p = s + len;
	return n;
}

static const char *
skip_blanks(struct xml_fast *f, const char *p, const char *end)
{
	for (; p < end; p++)
		if (*p == '\n')
			end_line(f, p);
		else if (*p != ' ' && *p != '\t' && *p != '\r')
			break;
	return p;
}

/* An attribute of the start tag ${e}, after *${last}, which it becomes. */
static const char *
read_attribute(struct xml_fast *f, struct xml_fast_event *e,
    struct xml_fast_name **last, const char *p, const char *end)
{
	const unsigned char **a = f->attribute + f->attributes * 5;
	struct xml_fast_name *n = read_name(f, &(*last)->attribute, &p, end);
	char quote;

	/* "xmlns" declares. */
	if (n == NULL || f->attributes == XML_FAST_ATTRIBUTES ||
	    (n->len == 5 && memcmp(n->text, "xmlns", 5) == 0))
		return NULL;
	if (end - p < 3 || *p != '=')
		return NULL;
	quote = p[1];
	if (quote != '"' && quote != '\'')
		return NULL;
	p += 2;
	a[3] = (const unsigned char *)p;
	while ((p = find_stop(p, end, quote)) != end && *p != quote)
		if (!skip_wide(f, &p, end))
			return NULL;
	if (p == end)
		return NULL;
	for (size_t i = 0; i < e->count; i++)
		if (a[-5 * (ptrdiff_t)(i + 1)] ==
		    (const unsigned char *)n->text)
			return NULL; /* there twice */
	a[0] = (const unsigned char *)n->text;
	a[1] = a[2] = NULL;
	a[4] = (const unsigned char *)p;
	f->attributes++;
	e->count++;
	*last = n;
	return p + 1;
}

static const char *
read_start(struct xml_fast *f, const char *p, const char *end, int depth)
{
	struct xml_fast_name *n, *last;
	struct xml_fast_event *e;
	const char *at;

	p++;
	if (f->depth == depth ||
	    (n = read_name(f, &f->last->element, &p, end)) == NULL ||
	    (e = add(f, XML_FAST_START, n->text, n->len)) == NULL)
		return NULL;
	f->last = last = n;
	e->first = f->attributes;
	e->count = 0;
	for (;;) {
		at = p;
		p = skip_blanks(f, p, end);
		if (p == end)
			return NULL;
		e->lines = f->lines;
		if (*p == '>') {
			f->open[f->depth++] = n;
			return p + 1;
		}
		if (*p == '/')
			break;
		if (p == at ||
		    (p = read_attribute(f, e, &last, p, end)) == NULL)
			return NULL;
	}
	if (end - p < 2 || p[1] != '>' ||
	    add(f, XML_FAST_END, n->text, n->len) == NULL)
		return NULL;
	return p + 2;
}

static const char *
read_end(struct xml_fast *f, const char *p, const char *end)
{
	const struct xml_fast_name *n;

	if (f->depth == 0)
		return NULL;
	n = f->open[f->depth - 1];
	p += 2;
	if ((size_t)(end - p) <= n->len || !same_bytes(p, n->text, n->len) ||
	    p[n->len] != '>' || add(f, XML_FAST_END, n->text, n->len) == NULL)
		return NULL;
	f->depth--;
	return p + n->len + 1;
}

void
xml_fast_begin(struct xml_fast *f)
{
	f->none.element = NULL;
	f->last = &f->none;
	f->names = 0;
}

const char *
xml_fast_next(struct xml_fast *f, const char *p, const char *end, int depth)
{
	const char *from;

	if (depth > XML_FAST_DEPTH)
		depth = XML_FAST_DEPTH;
	f->events = f->attributes = 0;
	f->lines = 0;
	f->newline = NULL;
	f->extra = 0;
	f->depth = 0;
	do {
		from = p;
		if (p == end)
			return NULL;
		if (*p != '<')
			p = read_text(f, p, end);
		else if (end - p > 1 && p[1] == '/')
			p = read_end(f, p, end);
		else
			p = read_start(f, p, end, depth);
		if (p == NULL || p == from)
			return NULL;
	} while (f->depth > 0);
	return p;
}
