/* worst.c - the worst of many findings, in the memory of a few. */

#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/xalloc.h"
#include "validate/worst.h"

/* No text of ours is half as long; a file may have any. */
#define TEXT ((size_t)4096)

struct item {
	struct report_finding finding;
	struct problem problem;
	struct record record;
	struct buf tool, file, code, raw;
	uint64_t number; /* in the order of arrival */
};

/* A heap whose root is the least bad, the first to go. */
struct worst {
	size_t most, count, room;
	struct item **item;
	uint64_t numbers;
};

struct worst *
worst_new(size_t most)
{
	struct worst *w = xcalloc(1, sizeof *w);

	w->most = most;
	return w;
}

/* A cause comes before other findings as grave; what it explains, which may be
 * hundreds that say no more than it does, after them. */
static int
rank(const struct report_finding *f)
{
	return f->cause == NULL ? 1 : f->fate == REPORT_CAUSE ? 2 : 0;
}

/* True if ${a} is worse than ${f}, which came as number ${number}. */
static int
is_worse(const struct item *a, const struct report_finding *f, uint64_t number)
{
	const struct problem *p = f->problem;

	if (a->finding.known != f->known)
		return f->known;
	/* What has no price is INT64_MIN: it costs less than anything. */
	if (a->problem.severity != p->severity)
		return a->problem.severity > p->severity;
	if (rank(&a->finding) != rank(f))
		return rank(&a->finding) > rank(f);
	if (a->problem.price != p->price)
		return a->problem.price > p->price;
	return a->number < number;
}

static int
is_worse_than(const struct item *a, const struct item *b)
{
	return is_worse(a, &b->finding, b->number);
}

static void
swap(struct worst *w, size_t i, size_t j)
{
	struct item *t = w->item[i];

	w->item[i] = w->item[j];
	w->item[j] = t;
}

static void
sift_up(struct worst *w, size_t i)
{
	for (; i > 0; i = (i - 1) / 2) {
		if (!is_worse_than(w->item[(i - 1) / 2], w->item[i]))
			return;
		swap(w, i, (i - 1) / 2);
	}
}

static void
sift_down(struct worst *w)
{
	size_t i = 0, child;

	while ((child = 2 * i + 1) < w->count) {
		if (child + 1 < w->count &&
		    is_worse_than(w->item[child], w->item[child + 1]))
			child++;
		if (!is_worse_than(w->item[i], w->item[child]))
			return;
		swap(w, i, child);
		i = child;
	}
}

/* Not within a character. */
static void
copy(struct buf *to, const char *s, size_t len)
{
	buf_clear(to);
	if (len <= TEXT) {
		buf_put(to, s, len);
		return;
	}
	for (len = TEXT; len > TEXT - 3 && (s[len] & 0xc0) == 0x80;)
		len--;
	buf_put(to, s, len);
	buf_puts(to, "...");
}

static void
fill(struct item *to, const struct report_finding *f)
{
	const struct problem *p = f->problem;
	struct buf text = to->problem.text;

	copy(&text, buf_text(&p->text), p->text.len);
	copy(&to->tool, f->tool, strlen(f->tool));
	copy(&to->code, p->code, strlen(p->code));
	to->finding = *f;
	to->finding.other = NULL;
	to->finding.tool = buf_text(&to->tool);
	to->finding.problem = &to->problem;
	to->problem = *p;
	to->problem.text = text;
	to->problem.code = buf_text(&to->code);
	if (p->file != NULL) {
		copy(&to->file, p->file, strlen(p->file));
		to->problem.file = buf_text(&to->file);
	}
	if (f->raw != NULL) {
		copy(&to->raw, f->raw, strlen(f->raw));
		to->finding.raw = buf_text(&to->raw);
	}
	if (f->record != NULL) {
		to->record = *f->record;
		to->finding.record = &to->record;
	}
	/* The record has it in its text. */
	to->finding.after = NULL;
	to->finding.afters = 0;
}

void
worst_put(struct worst *w, const struct report_finding *f)
{
	uint64_t number = w->numbers++;

	if (w->most == 0 ||
	    (w->count == w->most && is_worse(w->item[0], f, number)))
		return;
	if (w->count < w->most) {
		if (w->count == w->room) {
			w->room = w->room > 0 ? w->room * 2 : 16;
			w->item =
			    xreallocarray(w->item, w->room, sizeof *w->item);
		}
		w->item[w->count] = xcalloc(1, sizeof **w->item);
		fill(w->item[w->count], f);
		w->item[w->count]->number = number;
		sift_up(w, w->count++);
		return;
	}
	fill(w->item[0], f);
	w->item[0]->number = number;
	sift_down(w);
}

static int
by_worth(const void *a, const void *b)
{
	const struct item *const *x = a, *const *y = b;

	return is_worse_than(*x, *y) ? -1 : 1;
}

size_t
worst_sort(struct worst *w)
{
	if (w->count > 1)
		qsort(w->item, w->count, sizeof *w->item, by_worth);
	return w->count;
}

const struct report_finding *
worst_at(const struct worst *w, size_t i)
{
	return &w->item[i]->finding;
}

void
worst_free(struct worst *w)
{
	if (w == NULL)
		return;
	for (size_t i = 0; i < w->count; i++) {
		struct item *it = w->item[i];

		buf_free(&it->tool);
		buf_free(&it->file);
		buf_free(&it->code);
		buf_free(&it->raw);
		problem_free(&it->problem);
		free(it);
	}
	free(w->item);
	free(w);
}
