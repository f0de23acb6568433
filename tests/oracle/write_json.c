/* write_json.c - a random feed's documents as JSON, line for line */

#include "config.h"

#include <time.h>

#include "feed.h"

static const char *const element[KINDS] = { "CumulativeOperatingHours",
	"cumulativeIdleHours", "CumulativeMovingHours", "engineStatus" };

static void
put_time(FILE *out, long t)
{
	time_t at = (time_t)(EPOCH + t);
	char text[32];
	struct tm tm;

	gmtime_r(&at, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	fputs(text, out);
}

/* Times are texts, or of some kinds milliseconds since 1970. */
static void
put_reading(FILE *out, const struct setup *s, const struct reading *r)
{
	int fraction = s->fraction[r->machine];

	if (r->kind == STATUS)
		fprintf(out, "{\"Running\":%s,", r->value ? "true" : "false");
	else
		fprintf(out, "{\"Hour\":%ld.%03ld,", r->value / 3600000,
		    r->value % 3600000 / 3600);
	if (r->kind == IDLE || r->kind == STATUS) {
		fprintf(out, "\"@dateTime\":%lld%03d}",
		    (long long)(EPOCH + r->time), fraction);
		return;
	}
	fputs("\"datetime\":\"", out);
	put_time(out, r->time);
	fprintf(out, fraction ? ".%03dZ\"}" : "Z\"}", fraction);
}

/* What the header says comes after what is said of the machine. */
static void
put_section(FILE *out, const struct feed *f, const struct reading *r)
{
	if (f->doc[r->doc].series) {
		put_reading(out, &f->setup, r);
		fputc('\n', out);
		return;
	}
	fprintf(out, "{\"%s\":", element[r->kind]);
	put_reading(out, &f->setup, r);
	fprintf(out, "\n,\"equipmentHeader\":{\"equipmentId\":\"M%d\"}}\n",
	    r->id + 1);
}

int
feed_write_json(const struct feed *f, int d, const char *path)
{
	FILE *out = fopen(path, "w");
	const struct doc *doc = &f->doc[d];
	bool is_first = true;

	if (!out)
		return perror(path), -1;
	if (doc->series)
		fprintf(out,
		    "[{\"%sMessages\":{\n\"links\":[{\"href\":"
		    "\"/Fleet/Equipment/ID/M%d/x/1\",\"rel\":\"self\"}],"
		    "\"%s\":[",
		    element[doc->kind], doc->machine + 1, element[doc->kind]);
	else
		fputs("[{\"Fleet\":{\"Equipment\":[", out);
	fputc('\n', out);
	for (int i = 0; i < f->count; i++) {
		if (f->reading[i].doc != d)
			continue;
		if (!is_first)
			fputc(',', out);
		is_first = false;
		put_section(out, f, &f->reading[i]);
	}
	fputc(']', out);
	if (doc->snapshot >= 0) {
		fputs(",\"snapshotTime\":\"", out);
		put_time(out, doc->snapshot);
		fputs("Z\"", out);
	}
	fputs("}}]\n", out);
	return fclose(out);
}
