/* status_json.c - what the ledger holds, for programs. */

#include "config.h"

#include "base/instant.h"
#include "base/msg.h"
#include "upload/status_json.h"
#include "json/json_write.h"

/* The lists come one after another: which one is open. */
struct telling {
	struct json_write *w;
	enum { NOTHING, STATES, SETTLE, BROKEN } list;
	int *doubt, *broken;
};

/* Close the lists before ${list}, and open it. */
static void
turn_to(struct telling *t, int list)
{
	static const char *const keys[] = { "", "states", "settle", "broken" };

	while ((int)t->list < list) {
		if (t->list != NOTHING)
			json_write_end(t->w);
		t->list++;
		json_write_key(t->w, keys[t->list]);
		json_write_array(t->w);
	}
}

static void
sums(struct json_write *w, int64_t records, int64_t seconds)
{
	json_write_key(w, "records");
	json_write_int(w, records);
	json_write_key(w, "hours");
	json_write_hours(w, seconds);
}

static void
tell_row(void *context, const char *target, const char *state, int64_t batches,
    int64_t records, int64_t seconds)
{
	struct telling *t = context;

	turn_to(t, STATES);
	json_write_object(t->w);
	json_write_member(t->w, "target", target);
	json_write_member(t->w, "state", state);
	json_write_key(t->w, "batches");
	json_write_int(t->w, batches);
	sums(t->w, records, seconds);
	json_write_end(t->w);
}

static void
tell_held(void *context, const char *target, const char *company,
    const char *project, const struct ledger_batch *b, int64_t there)
{
	struct telling *t = context;
	char time[INSTANT_TEXT];

	*t->doubt = 1;
	turn_to(t, SETTLE);
	json_write_object(t->w);
	json_write_member(t->w, "batch", b->id);
	json_write_member(t->w, "state", ledger_word(b->state));
	json_write_member(t->w, "target", target);
	json_write_member(t->w, "companyId", company);
	json_write_member(t->w, "projectId", project);
	json_write_member(
	    t->w, "firstStart", instant_text(time, b->first_start));
	json_write_member(t->w, "lastEnd", instant_text(time, b->last_end));
	sums(t->w, b->records, b->seconds);
	json_write_key(t->w, "hoursWithout");
	json_write_hours(t->w, there);
	json_write_member(t->w, "words", buf_text(&b->words));
	json_write_end(t->w);
}

static void
tell_broken(void *context, const char *words)
{
	struct telling *t = context;

	*t->broken = 1;
	msg_warn("the ledger is not sound: %s", words);
	turn_to(t, BROKEN);
	json_write_text(t->w, words);
}

int
status_json(
    struct ledger *l, const char *path, struct buf *to, int *doubt, int *broken)
{
	struct telling t = {
		.w = json_write_new(1), .doubt = doubt, .broken = broken
	};
	struct ledger_report report = { tell_row, tell_held, tell_broken, &t };
	int64_t open = 0, acknowledged = 0;
	const char *text;
	size_t len;
	int bad;

	json_write_object(t.w);
	json_write_member(t.w, "ledger", path);
	bad = ledger_status(l, &report) != 0;
	turn_to(&t, BROKEN);
	json_write_end(t.w);
	bad = bad || ledger_conflict_count(l, &open, &acknowledged) != 0;
	json_write_key(t.w, "conflicts");
	json_write_object(t.w);
	json_write_key(t.w, "open");
	json_write_int(t.w, open);
	json_write_key(t.w, "acknowledged");
	json_write_int(t.w, acknowledged);
	json_write_end(t.w);
	json_write_end(t.w);
	text = json_write_take(t.w, &len);
	if (!bad) {
		buf_put(to, text, len);
		buf_putc(to, '\n');
	}
	json_write_free(t.w);
	return bad ? -1 : 0;
}
