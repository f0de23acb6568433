/* page_looks.c - how states look: by colour and by height. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "validate/html.h"
#include "validate/page.h"
#include "validate/summary.h"

static const char *const known[] = {
	[PAGE_WORKING] = "Working",
	[PAGE_IDLE] = "Idle",
	[PAGE_MOVING] = "Moving",
};

/* The look of Ditio's states, or PAGE_OTHERS. */
static enum page_look
look_of(const struct page *p, uint32_t state)
{
	size_t len;
	const char *text = names_state_text(p->names, state, &len);

	for (unsigned k = PAGE_WORKING; k <= PAGE_MOVING; k++)
		if (strlen(known[k]) == len && memcmp(known[k], text, len) == 0)
			return k;
	return PAGE_OTHERS;
}

static int
by_hours(const void *a, const void *b)
{
	const struct daily_cell *x = a, *y = b;
	int64_t m = daily_seconds(&x->sum), n = daily_seconds(&y->sum);

	return m != n ? (m < n) - (m > n)
		      : (x->state > y->state) - (x->state < y->state);
}

void
page_looks(struct page *p)
{
	size_t n;
	struct daily_cell *of = summary_states(p->daily, p->cell, p->cells, &n);
	unsigned next = PAGE_FOURTH;

	qsort(of, n, sizeof *of, by_hours);
	p->look = xcalloc((size_t)names_states(p->names) + 1, 1);
	for (uint32_t i = 0; i < names_states(p->names); i++)
		p->look[i] = PAGE_OTHERS;
	for (size_t i = 0; i < n; i++) {
		unsigned look = look_of(p, of[i].state);

		if (look == PAGE_OTHERS && next < PAGE_OTHERS &&
		    daily_seconds(&of[i].sum) > 0)
			look = next++;
		p->look[of[i].state] = (uint8_t)look;
		p->state[look] = of[i].state;
	}
	free(of);
	page_looks_sum(p, p->cell, p->cells, p->seconds);
}

void
page_looks_name(const struct page *p, enum page_look look)
{
	struct buf b = { 0 };

	if (look == PAGE_OTHERS) {
		html_put(p->out, "others");
		return;
	}
	if (look <= PAGE_MOVING) {
		html_put(p->out, known[look]);
		return;
	}
	names_put_state(p->names, p->state[look], &b);
	html_text(p->out, buf_text(&b), b.len, 24);
	buf_free(&b);
}

const char *
page_looks_class(enum page_look look)
{
	static const char *const classes[] = { "w", "i", "m", "x", "y", "z" };

	return classes[look];
}

int
page_looks_height(enum page_look look)
{
	static const int heights[] = { 20, 6, 13, 17, 10, 3 };

	return heights[look];
}

void
page_looks_sum(const struct page *p, const struct daily_cell *cell,
    size_t count, int64_t seconds[PAGE_LOOKS])
{
	for (unsigned k = 0; k < PAGE_LOOKS; k++)
		seconds[k] = 0;
	for (size_t i = 0; i < count; i++) {
		int64_t *sum = &seconds[p->look[cell[i].state]];

		if (__builtin_add_overflow(
			*sum, daily_seconds(&cell[i].sum), sum))
			*sum = INT64_MAX;
	}
}

void
page_looks_bar(const struct page *p, const int64_t seconds[PAGE_LOOKS])
{
	double all = 0, at = 0;

	for (unsigned k = 0; k < PAGE_LOOKS; k++)
		all += (double)seconds[k];
	html_put(p->out, "<svg class=\"bar\" aria-hidden=\"true\">");
	for (unsigned k = 0; k < PAGE_LOOKS && all > 0; k++) {
		double part = (double)seconds[k] * 100 / all;

		if (part > 0)
			html_printf(p->out,
			    "<rect class=\"%s\" x=\"%.2f%%\" width=\"%.2f%%\" "
			    "height=\"100%%\"/>",
			    page_looks_class(k), at, part);
		at += part;
	}
	html_put(p->out, "</svg>");
}

void
page_looks_legend(const struct page *p)
{
	html_put(p->out, "<ul class=\"legend\">");
	for (unsigned k = 0; k < PAGE_LOOKS; k++) {
		if (p->seconds[k] == 0)
			continue;
		html_printf(p->out,
		    "<li><svg class=\"key\" aria-hidden=\"true\"><rect "
		    "class=\"%s\" width=\"14\" y=\"%d\" height=\"%d\"/></svg>",
		    page_looks_class(k), 20 - page_looks_height(k),
		    page_looks_height(k));
		page_looks_name(p, k);
		html_put(p->out, "</li>");
	}
	html_put(p->out, "</ul>");
}
