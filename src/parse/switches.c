/* switches.c - switches that are on say what a running machine does. */

#include "config.h"

#include <stdlib.h>

#include "base/instant.h"
#include "base/xalloc.h"
#include "parse/switches.h"

/* One switch, walked along with time. */
struct walker {
	const struct job_series *s;
	size_t next; /* the first reading that is still to come */
	uint32_t state;
};

static const struct job_series *
series(const struct job *j, int i)
{
	return &j->series[EVIDENCE_SWITCH + i];
}

/* Until when what ${r} says holds, of which ${next} is the one after. */
static int64_t
holds_until(const struct job *j, const struct evidence_reading *r,
    const struct evidence_reading *next)
{
	if (next != NULL)
		return next->time - r->time > j->rules->max_hold ? r->time
								 : next->time;
	return j->rules->close_at > r->time ? j->rules->close_at : r->time;
}

/* The reading by which the switch is on at ${at}, or NULL. */
static const struct evidence_reading *
on_at(const struct job *j, struct walker *w, int64_t at)
{
	const struct evidence_reading *r, *next;

	while (w->next < w->s->count && w->s->at[w->next].time <= at)
		w->next++;
	if (w->next == 0)
		return NULL;
	r = &w->s->at[w->next - 1];
	next = w->next < w->s->count ? r + 1 : NULL;
	return r->value && at < holds_until(j, r, next) ? r : NULL;
}

/* A switch that was on for longer than anybody can say. */
static void
say_unheld(struct job *j, const struct job_series *s)
{
	char text[INSTANT_TEXT];

	for (size_t i = 0; i < s->count; i++) {
		const struct evidence_reading *r = &s->at[i];
		const struct evidence_reading *next =
		    i + 1 < s->count ? r + 1 : NULL;

		if (!r->value || holds_until(j, r, next) > r->time)
			continue;
		buf_printf(
		    job_finding(j, next != NULL ? "silence" : "open-end",
			next != NULL ? SEVERITY_WARNING : SEVERITY_NOTE, r,
			next != NULL
			    ? instant_floor(next->time) - instant_floor(r->time)
			    : PROBLEM_NO_PRICE),
		    next != NULL
			? "a switch was on at %s and nothing was heard of it "
			  "for longer than maxHold; it is not taken to be on"
			: "a switch is on at %s and no end of it is in the "
			  "data; --close-at gives it one",
		    instant_text(text, instant_floor(r->time)));
		job_say(j);
	}
}

static int
by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* All moments at which a stretch or a switch may change; the first is that
 * of the first stretch.  The caller frees. */
static int64_t *
all_times(const struct job *j, size_t *count)
{
	size_t n = j->stretches + 1, k = 0;
	int64_t *at;

	for (int i = 0; i < EVIDENCE_SWITCHES; i++)
		n += series(j, i)->count;
	at = xreallocarray(NULL, n, sizeof *at);
	n = 0;
	for (size_t i = 0; i < j->stretches; i++)
		at[n++] = j->stretch[i].from;
	for (int s = 0; s < EVIDENCE_SWITCHES; s++)
		for (size_t i = 0; i < series(j, s)->count; i++)
			at[n++] = series(j, s)->at[i].time;
	if (j->rules->close_at != INSTANT_NONE)
		at[n++] = j->rules->close_at;
	qsort(at, n, sizeof *at, by_time);
	for (size_t i = 0; i < n; i++)
		if (k == 0 || at[k - 1] != at[i])
			at[k++] = at[i];
	*count = k;
	return at;
}

/* The stretch that begins at ${from}, of which status alone says ${is}. */
static struct job_stretch
stretch_at(const struct job *j, struct walker *w, int64_t from,
    const struct job_stretch *is)
{
	struct job_stretch s = *is;

	s.from = from;
	for (int i = 0; i < EVIDENCE_SWITCHES; i++) {
		const struct evidence_reading *r = on_at(j, &w[i], from);

		if (r == NULL || s.state != JOB_NO_STATE ||
		    is->engine == JOB_OFF)
			continue;
		s.engine = JOB_ON;
		s.state = w[i].state;
		s.reading = r;
	}
	return s;
}

void
switches_overlay(struct job *j)
{
	struct walker w[EVIDENCE_SWITCHES];
	struct job_stretch *stretch;
	size_t count, n = 0, is = 0, used = 0;
	int64_t *at;

	for (int i = 0; i < EVIDENCE_SWITCHES; i++) {
		w[i] = (struct walker){ .s = series(j, i) };
		used += w[i].s->count;
		if (w[i].s->count == 0)
			continue;
		w[i].state = job_state(j, j->rules->switch_state[i]);
		say_unheld(j, w[i].s);
	}
	if (used == 0)
		return;
	at = all_times(j, &count);
	stretch = xreallocarray(NULL, count, sizeof *stretch);
	for (size_t i = 0; i < count; i++) {
		struct job_stretch s;

		while (
		    is + 1 < j->stretches && j->stretch[is + 1].from <= at[i])
			is++;
		s = stretch_at(j, w, at[i], &j->stretch[is]);
		if (n > 0 && stretch[n - 1].engine == s.engine &&
		    stretch[n - 1].state == s.state)
			continue;
		stretch[n++] = s;
	}
	free(at);
	free(j->stretch);
	j->stretch = stretch;
	j->stretches = n;
	j->stretch_room = count;
}
