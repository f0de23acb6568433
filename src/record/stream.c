/* stream.c - records read from NDJSON, by a fast road and a careful one. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "record/careful.h"
#include "record/fast.h"
#include "record/stream.h"

struct stream {
	struct input *in;
	struct names *names;
	struct fast *fast;
	struct frame frame;
	uint64_t seen;
	const char *bad_name; /* where the first bad line of a frame is */
	uint64_t bad_number;
	int careful;
	int canonical; /* the last line was read by the fastest road */
	int inside;    /* a file is open */
	const char *line;
	size_t len;
};

struct stream *
stream_open(struct input *in, struct names *names)
{
	struct stream *s = xcalloc(1, sizeof *s);

	s->in = in;
	s->names = names;
	s->fast = fast_new(names);
	s->frame.origins = origins_new();
	(void)input_text(in, NULL);
	return s;
}

static enum stream_got
problem(struct stream *s, struct problem *p)
{
	s->seen++;
	p->file = input_name(s->in);
	p->line = input_number(s->in);
	return STREAM_PROBLEM;
}

static enum stream_got
too_long(struct stream *s, struct problem *p)
{
	problem_set(p, "too-long-line", SEVERITY_ERROR, NULL, 0, 0);
	buf_puts(&p->text,
	    "a line longer than 1 MiB is no record; was a newline lost?");
	return problem(s, p);
}

/* Blanks around a line mean nothing: CRLF ends, empty lines. */
static void
trim(struct stream *s)
{
	while (s->len > 0 &&
	       (s->line[s->len - 1] == '\r' || s->line[s->len - 1] == ' ' ||
		   s->line[s->len - 1] == '\t'))
		s->len--;
}

static enum stream_got
careful(struct stream *s, struct record *r, struct problem *p)
{
	if (careful_read(s->names, s->line, s->len, r, p) != 0)
		return problem(s, p);
	fast_remember(s->fast, r);
	s->seen++;
	return STREAM_RECORD;
}

/* A line that is not the ordinary one.  STREAM_END: pass over it. */
static enum stream_got
other_line(struct stream *s, struct record *r, struct problem *p)
{
	if (s->len == 0)
		return STREAM_END;
	switch (frame_take(&s->frame, s->line, s->len)) {
	case FRAME_FIRST:
	case FRAME_LAST:
	case FRAME_FILE:
		return STREAM_END;
	case FRAME_BAD:
		if (s->bad_name == NULL) {
			s->bad_name = input_name(s->in);
			s->bad_number = input_number(s->in);
		}
		problem_set(p, "bad-frame", SEVERITY_ERROR, NULL, 0, 0);
		buf_puts(&p->text,
		    "this starts as a line of a stream's frame but is "
		    "none");
		return problem(s, p);
	case FRAME_DATA:
		break;
	}
	if (!s->careful && fast_loose(s->fast, s->line, s->len, r)) {
		s->seen++;
		return STREAM_RECORD;
	}
	return careful(s, r, p);
}

enum stream_got
stream_next(struct stream *s, struct record *r, struct problem *p)
{
	s->canonical = 0;
	for (;;) {
		enum stream_got got;

		if (!s->inside && !(s->inside = input_next_file(s->in)))
			return STREAM_END;
		switch (input_line(s->in, &s->line, &s->len)) {
		case INPUT_END:
			s->inside = 0;
			continue;
		case INPUT_LONG:
			return too_long(s, p);
		case INPUT_OK:
			break;
		}
		s->canonical =
		    !s->careful && fast_canonical(s->fast, s->line, s->len, r);
		if (s->canonical) {
			s->seen++;
			return STREAM_RECORD;
		}
		trim(s);
		got = other_line(s, r, p);
		if (got != STREAM_END)
			return got;
	}
}

const char *
stream_canonical(const struct stream *s, size_t *len)
{
	*len = s->len;
	return s->canonical ? s->line : NULL;
}

const char *
stream_name(const struct stream *s)
{
	return input_name(s->in);
}

uint64_t
stream_number(const struct stream *s)
{
	return input_number(s->in);
}

enum frame_verdict
stream_judge(struct stream *s, struct frame *frame)
{
	*frame = s->frame;
	if (input_failed(s->in))
		return FRAME_CUT;
	if (s->bad_name != NULL && s->frame.firsts + s->frame.lasts > 0) {
		msg_warn("%s:%" PRIu64 ": starts as a line of a stream's frame "
			 "and is none: it was changed on its way; nothing of "
			 "it may be trusted",
		    s->bad_name, s->bad_number);
		return FRAME_CUT;
	}
	return frame_judge(&s->frame, input_name(s->in), s->seen, 0);
}

void
stream_close(struct stream *s)
{
	if (s == NULL)
		return;
	fast_free(s->fast);
	origins_free(s->frame.origins);
	free(s);
}

void
stream_careful(struct stream *s, int careful_only)
{
	s->careful = careful_only;
}
