/* xml_tags.c - how long tags are, before a parser takes them in. */

#include "config.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "parse/xml_tags.h"

/* The first byte behind "<" tells what it opens. */
static void
open_tag(struct xml_tags *t, char c)
{
	t->length = 2;
	memset(t->tail, 0, sizeof t->tail);
	if (c == '?') {
		t->state = XML_TAGS_SPECIAL;
		t->close = "?>";
	} else if (c == '!') {
		/* A comment or CDATA; a DOCTYPE ends the reading anyway. */
		t->state = XML_TAGS_SPECIAL;
		t->close = NULL;
	} else {
		t->state = XML_TAGS_TAG;
	}
}

static void
in_special(struct xml_tags *t, char c)
{
	if (t->close == NULL) {
		t->close = c == '-' ? "-->" : c == '[' ? "]]>" : ">";
		return;
	}
	t->tail[0] = t->tail[1];
	t->tail[1] = t->tail[2];
	t->tail[2] = c;
	if (memcmp(t->tail + 3 - strlen(t->close), t->close,
		strlen(t->close)) == 0)
		t->state = XML_TAGS_TEXT;
}

/* The first byte of ${p} to before ${end} that is ${c}, or ${end}. */
static inline const char *
find(const char *p, const char *end, char c)
{
	const char *found = memchr(p, c, (size_t)(end - p));

	return found != NULL ? found : end;
}

/* The first quote or end of a tag from ${p} to before ${end}, or ${end}. */
static const char *
find_stop(const char *p, const char *end)
{
#ifdef __SSE2__
	const __m128i close = _mm_set1_epi8('>'), quote = _mm_set1_epi8('"'),
		      single = _mm_set1_epi8('\'');

	for (; end - p >= 16; p += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
		int found =
		    _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(v, close),
			_mm_or_si128(_mm_cmpeq_epi8(v, quote),
			    _mm_cmpeq_epi8(v, single))));

		if (found != 0)
			return p + __builtin_ctz((unsigned)found);
	}
#endif
	while (p < end && *p != '>' && *p != '"' && *p != '\'')
		p++;
	return p;
}

/* Go over what goes on within a tag.  Where to look next. */
static const char *
in_tag(struct xml_tags *t, const char *p, const char *end)
{
	const char *stop;

	if (t->state == XML_TAGS_QUOTE) {
		stop = find(p, end, t->quote);
		if (stop < end)
			t->state = XML_TAGS_TAG;
	} else {
		stop = find_stop(p, end);
		if (stop < end && *stop == '>') {
			t->state = XML_TAGS_TEXT;
		} else if (stop < end) {
			t->state = XML_TAGS_QUOTE;
			t->quote = *stop;
		}
	}
	stop += stop < end;
	t->length += (size_t)(stop - p);
	return stop;
}

int
xml_tags_too_long(struct xml_tags *t, const char *p, size_t len, size_t most)
{
	const char *end = p + len;

	while (p < end) {
		switch (t->state) {
		case XML_TAGS_TEXT:
			p = find(p, end, '<');
			if (p == end)
				return 0;
			t->state = XML_TAGS_OPEN;
			p++;
			break;
		case XML_TAGS_OPEN:
			open_tag(t, *p++);
			break;
		case XML_TAGS_SPECIAL:
			in_special(t, *p++);
			break;
		case XML_TAGS_TAG:
		case XML_TAGS_QUOTE:
			p = in_tag(t, p, end);
			if (t->length > most)
				return 1;
			break;
		}
	}
	return 0;
}
