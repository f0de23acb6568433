/* explain.c - for one machine's periods: which lines gave them, by which rule.
 */

#include "config.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/instant.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "parse/explain.h"

struct explain {
	char *id;
	int64_t at; /* seconds, or INSTANT_NONE */
	struct out *out;
	struct buf known, next, now; /* reasons: a line each */
	struct buf whose;
	struct buf text;
	uint64_t records;      /* of the machine */
	uint64_t told;	       /* of these */
	int64_t before, after; /* ends and starts nearest to the time */
};

struct explain *
explain_new(const char *what, struct out *out)
{
	struct explain *x = xcalloc(1, sizeof *x);
	const char *mark = strrchr(what, '@');
	int64_t ms;

	x->out = out;
	x->at = x->before = x->after = INSTANT_NONE;
	/* An id may have an @ of its own. */
	if (mark == NULL ||
	    instant_read(mark + 1, strlen(mark + 1), &ms, NULL) != INSTANT_OK) {
		x->id = xstrdup(what);
	} else {
		x->id = xstrndup(what, (size_t)(mark - what));
		x->at = instant_floor(ms);
	}
	return x;
}

/* Put a reason, unless it is there. */
static void
put_reason(struct explain *x, struct buf *to, const struct names *names,
    uint32_t file, uint64_t line, const char *text)
{
	struct buf name = { 0 };

	buf_clear(&x->text);
	buf_puts(&x->text, "  ");
	if (file != NAMES_NONE && line > 0) {
		names_put_file(names, file, &name);
		buf_safe(&x->text, buf_text(&name));
		buf_printf(&x->text, ":%" PRIu64 ": ", line);
	}
	buf_safe(&x->text, text);
	buf_putc(&x->text, '\n');
	if (strstr(buf_text(to), x->text.data) == NULL)
		buf_puts(to, x->text.data);
	buf_free(&name);
}

void
explain_because(struct explain *x, const struct names *names, uint32_t file,
    uint64_t line, const char *fmt, ...)
{
	char text[400];
	va_list ap;

	if (x == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	put_reason(x, &x->next, names, file, line, text);
}

void
explain_known(struct explain *x, const struct names *names, uint32_t file,
    uint64_t line, const char *fmt, ...)
{
	char text[400];
	va_list ap;

	if (x == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	put_reason(x, &x->known, names, file, line, text);
}

void
explain_forget(struct explain *x)
{
	if (x != NULL)
		buf_clear(&x->known);
}

void
explain_begin(struct explain *x)
{
	if (x == NULL)
		return;
	buf_clear(&x->now);
	explain_continue(x);
}

/* What was said of the piece before need not be said again. */
static void
add_lines(struct explain *x, const struct buf *lines)
{
	const char *line, *end;

	for (line = buf_text(lines); *line != '\0'; line = end) {
		end = strchr(line, '\n') + 1;
		buf_clear(&x->text);
		buf_put(&x->text, line, (size_t)(end - line));
		if (strstr(buf_text(&x->now), x->text.data) == NULL)
			buf_puts(&x->now, x->text.data);
	}
}

void
explain_continue(struct explain *x)
{
	if (x == NULL)
		return;
	add_lines(x, &x->known);
	add_lines(x, &x->next);
	buf_clear(&x->next);
}

void
explain_whose(struct explain *x, const char *text)
{
	if (x == NULL)
		return;
	buf_clear(&x->whose);
	for (size_t n; *text != '\0'; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		buf_clear(&x->text);
		buf_put(&x->text, text, n);
		buf_safe(&x->whose, buf_text(&x->text));
		buf_putc(&x->whose, '\n');
	}
}

/* Is the record to be told of? */
static int
is_wanted(struct explain *x, const struct record *r)
{
	x->records++;
	if (x->at == INSTANT_NONE || (r->start <= x->at && x->at < r->end))
		return 1;
	if (r->end <= x->at &&
	    (x->before == INSTANT_NONE || r->end > x->before))
		x->before = r->end;
	if (r->start > x->at &&
	    (x->after == INSTANT_NONE || r->start < x->after))
		x->after = r->start;
	return 0;
}

static void
put_line(struct explain *x, const struct names *names, const struct record *r,
    const char *machine)
{
	char start[INSTANT_TEXT], end[INSTANT_TEXT];
	struct buf state = { 0 };

	buf_safe(&x->text, machine);
	names_put_state(names, r->state, &state);
	buf_printf(&x->text, " %s to %s ", instant_text(start, r->start),
	    instant_text(end, r->end));
	buf_safe(&x->text, buf_text(&state));
	buf_puts(&x->text, r->basis == RECORD_DERIVED	  ? ", derived"
			   : r->basis == RECORD_ESTIMATED ? ", estimated"
							  : "");
	buf_putc(&x->text, '\n');
	buf_free(&state);
}

void
explain_record(struct explain *x, const struct names *names,
    const struct record *r, const char *id, size_t len)
{
	struct buf machine = { 0 };

	if (x == NULL)
		return;
	names_put_part(names, r->owner, NAMES_MACHINE, &machine);
	if (((strlen(x->id) == len && memcmp(x->id, id, len) == 0) ||
		strcmp(x->id, buf_text(&machine)) == 0) &&
	    is_wanted(x, r)) {
		x->told++;
		buf_clear(&x->text);
		put_line(x, names, r, buf_text(&machine));
		out_put(x->out, x->text.data, x->text.len);
		out_put(x->out, buf_text(&x->now), x->now.len);
		out_put(x->out, buf_text(&x->whose), x->whose.len);
	}
	buf_free(&machine);
}

int
explain_finish(struct explain *x)
{
	char before[INSTANT_TEXT], after[INSTANT_TEXT];

	if (x->told > 0)
		return 0;
	if (x->records == 0)
		msg_warn("there is no period of '%s'; what was said above may "
			 "tell why (--draft-machines lists the machines)",
		    x->id);
	else
		msg_warn("no period of '%s' is of that time; the one before "
			 "ends %s, the one after begins %s",
		    x->id,
		    x->before != INSTANT_NONE ? instant_text(before, x->before)
					      : "never",
		    x->after != INSTANT_NONE ? instant_text(after, x->after)
					     : "never");
	return 1;
}

void
explain_free(struct explain *x)
{
	if (x == NULL)
		return;
	free(x->id);
	buf_free(&x->known);
	buf_free(&x->next);
	buf_free(&x->now);
	buf_free(&x->whose);
	buf_free(&x->text);
	free(x);
}
