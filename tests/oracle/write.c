/* write.c - a random feed as the files that ditio-parse reads */

#include "config.h"

#include <time.h>

#include "feed.h"

static const char *const element[KINDS] = { "CumulativeOperatingHours",
	"CumulativeIdleHours", "CumulativeMovingHours", "EngineStatus" };

/* "2025-05-05T00:00:00.250Z"; a ${fraction} of 0 is left out. */
static const char *
stamp_exactly(long t, int fraction, char text[32])
{
	time_t at = (time_t)(EPOCH + t);
	struct tm tm;

	gmtime_r(&at, &tm);
	strftime(text, 32, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(text + 19, 13, fraction ? ".%03dZ" : "Z", fraction);
	return text;
}

static const char *
stamp(long t, char text[32])
{
	return stamp_exactly(t, 0, text);
}

static void
put_reading(FILE *out, const struct setup *s, const struct reading *r)
{
	const char *name = element[r->kind];
	char text[32];

	fprintf(out, "<%s datetime=\"%s\">", name,
	    stamp_exactly(r->time, s->fraction[r->machine], text));
	if (r->kind == STATUS)
		fprintf(
		    out, "<Running>%s</Running>", r->value ? "true" : "false");
	else
		fprintf(out, "<Hour>%ld.%03ld</Hour>", r->value / 3600000,
		    r->value % 3600000 / 3600);
	fprintf(out, "</%s>\n", name);
}

static const char *
word(long state)
{
	return state == 'W'   ? "dig"
	       : state == 'I' ? "idle"
	       : state == 'M' ? "drive"
	       : state == 'o' ? "off"
	       : state == '-' ? "note"
			      : "nonsense";
}

/* Rows of events; returns the lines. */
static int
put_row(FILE *out, const struct reading *r)
{
	char text[32];

	fprintf(out, "M%d,%s,%s\n", r->id + 1, word(r->value),
	    stamp(r->time, text));
	return 1;
}

/* An Equipment with one section, or the section of a series. */
static int
put_section(FILE *out, const struct feed *f, const struct reading *r)
{
	if (f->doc[r->doc].series) {
		put_reading(out, &f->setup, r);
		return 1;
	}
	fprintf(out,
	    "<Equipment><EquipmentHeader><EquipmentID>M%d"
	    "</EquipmentID></EquipmentHeader>",
	    r->id + 1);
	put_reading(out, &f->setup, r);
	fputs("</Equipment>\n", out);
	return 2;
}

/* What stands before the readings; returns the lines. */
static int
put_head(FILE *out, const struct feed *f, const struct doc *doc)
{
	char text[32];

	if (f->setup.events) {
		fputs("machine,word,time\n", out);
		return 1;
	}
	fprintf(out, "<%s%s", doc->series ? element[doc->kind] : "Fleet",
	    doc->series ? "Messages" : "");
	if (doc->snapshot >= 0)
		fprintf(
		    out, " snapshotTime=\"%s\"", stamp(doc->snapshot, text));
	fputs(">\n", out);
	if (!doc->series)
		return 1;
	fprintf(out,
	    "<Links><rel>self</rel><href>/Fleet/Equipment/ID/M%d/x/1"
	    "</href></Links>\n",
	    doc->machine + 1);
	return 2;
}

static int
write_doc(struct feed *f, int d, const char *path, bool backwards)
{
	FILE *out = fopen(path, "w");
	const struct doc *doc = &f->doc[d];
	int line;

	if (!out)
		return perror(path), -1;
	line = 1 + put_head(out, f, doc);
	for (int i = 0; i < f->count; i++) {
		struct reading *r =
		    &f->reading[backwards ? f->count - 1 - i : i];

		if (r->doc != d)
			continue;
		if (!backwards)
			r->line = line;
		line +=
		    f->setup.events ? put_row(out, r) : put_section(out, f, r);
	}
	if (!f->setup.events)
		fprintf(out, "</%s%s>\n",
		    doc->series ? element[doc->kind] : "Fleet",
		    doc->series ? "Messages" : "");
	return fclose(out);
}

/* How a feed's counters and status are read. */
static void
write_counting(const struct setup *s, FILE *out)
{
	if (s->placement != PLACE_UNSAID)
		fprintf(out, ",\"placement\":\"%s\"",
		    s->placement == PLACE_END ? "end" : "start");
	if (s->semantics != STATUS_UNSAID)
		fprintf(out, ",\"engineStatus\":\"%s\"",
		    s->semantics == STATUS_CHANGE ? "change" : "heartbeat");
	if (s->max_piece)
		fprintf(out, ",\"maxPiece\":\"%lds\"", s->max_piece);
	if (s->step)
		fprintf(out, ",\"meterStep\":\"%ldms\"", s->step);
	if (s->excludes)
		fputs(",\"operatingIncludesIdle\":false", out);
}

static int
write_profile(const struct setup *s, const char *path)
{
	FILE *out = fopen(path, "w");

	if (!out)
		return perror(path), -1;
	fprintf(out, "{\"name\":\"random\",\"format\":\"%s\"",
	    s->events ? "csv" : "aemp");
	if (s->events)
		fputs(",\"rows\":\"event\",\"fields\":{"
		      "\"machineId\":{\"column\":\"machine\"},"
		      "\"state\":{\"column\":\"word\"},"
		      "\"time\":{\"column\":\"time\"}},"
		      "\"time\":{\"formats\":[\"rfc3339\"]},"
		      "\"states\":{\"Working\":[\"dig\"],"
		      "\"Idle\":[\"idle\"],\"Moving\":[\"drive\"]},"
		      "\"off\":[\"off\"],\"ignore\":[\"note\"]",
		    out);
	if (s->max_hold)
		fprintf(out, ",\"maxHold\":\"%lds\"", s->max_hold);
	if (!s->events)
		write_counting(s, out);
	fputs("}\n", out);
	return fclose(out);
}

static int
write_table(const struct setup *s, const char *path)
{
	FILE *out = fopen(path, "w");
	char a[32], b[32];

	if (!out)
		return perror(path), -1;
	fputs("sourceId,machineId,companyId,projectId,from,to\n", out);
	for (int i = 0; i < MACHINES; i++) {
		int m = s->alias && i == MACHINES - 1 ? 0 : i;

		if (!s->move[m]) {
			fprintf(out, "M%d,M%d,c,p1,,\n", i + 1, m + 1);
			continue;
		}
		fprintf(out, "M%d,M%d,c,p1,,%s\nM%d,M%d,c,p2,%s,\n", i + 1,
		    m + 1, stamp(s->move[m] - s->gap[m], a), i + 1, m + 1,
		    stamp(s->move[m], b));
	}
	return fclose(out);
}

int
feed_write(struct feed *f, const char *dir)
{
	const struct setup *s = &f->setup;
	char path[4096], text[32];
	FILE *out;
	int bad = 0;

	for (int d = 0; d < f->docs && !bad; d++) {
		snprintf(path, sizeof(path), "%s/%d.doc", dir, d);
		bad |= write_doc(f, d, path, false);
		snprintf(path, sizeof(path), "%s/s%d.doc", dir, d);
		bad |= write_doc(f, d, path, true);
		if (s->events)
			continue;
		snprintf(path, sizeof(path), "%s/j%d.doc", dir, d);
		bad |= feed_write_json(f, d, path);
	}
	snprintf(path, sizeof(path), "%s/profile.json", dir);
	bad |= write_profile(s, path);
	snprintf(path, sizeof(path), "%s/machines.csv", dir);
	bad |= write_table(s, path);
	snprintf(path, sizeof(path), "%s/args", dir);
	out = fopen(path, "w");
	if (!out)
		return perror(path), -1;
	fputs("--profile ./profile.json", out);
	if (!s->events)
		fputs(" --id-field EquipmentID", out);
	if (s->running)
		fprintf(out, " --running %s", s->running);
	if (s->table)
		fputs(" --machines machines.csv", out);
	else
		fputs(" --company c --project p1", out);
	if (s->close_at >= 0)
		fprintf(out, " --close-at %s", stamp(s->close_at, text));
	fputc('\n', out);
	return fclose(out) || bad ? -1 : 0;
}
