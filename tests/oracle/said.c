/* said.c - what ditio-parse said of a feed, second by second */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "said.h"

enum { LINE = 65536, WORD = 512 };

/* The text of ${key} in a line of NDJSON; NULL if it is not there. */
static const char *
get(const char *line, const char *key, char into[WORD])
{
	char name[64];
	const char *p;
	size_t n;

	snprintf(name, sizeof(name), "\"%s\":", key);
	p = strstr(line, name);
	if (!p)
		return NULL;
	p += strlen(name);
	n = *p == '"' ? strcspn(++p, "\"") : strcspn(p, ",}");
	if (n >= WORD)
		return NULL;
	memcpy(into, p, n);
	into[n] = '\0';
	return into;
}

static long
instant(const char *text)
{
	int mon, day, h, m, s;

	if (sscanf(text, "2025-%d-%dT%d:%d:%dZ", &mon, &day, &h, &m, &s) != 5 ||
	    mon != 5)
		return -1;
	return (day - 5) * 86400L + h * 3600L + m * 60L + s;
}

static bool
odd(int machine, const char *what, long t)
{
	printf("# M%d at %ld: %s\n", machine + 1, t, what);
	return false;
}

/* The reading at "0.doc:17", or NULL. */
static const struct reading *
at_source(const struct feed *f, int machine, const char *source)
{
	int doc, line;

	if (sscanf(source, "%d.doc:%d", &doc, &line) != 2)
		return NULL;
	for (int i = 0; i < f->count; i++)
		if (f->reading[i].doc == doc && f->reading[i].line == line &&
		    f->reading[i].machine == machine)
			return &f->reading[i];
	return NULL;
}

static bool
take_record(struct said *all, const struct feed *f, const char *line)
{
	char id[WORD], from[WORD], to[WORD], state[WORD], source[WORD],
	    basis[WORD], project[WORD];
	const struct reading *place;
	struct said *s;
	long a, z;
	int m;

	if (!get(line, "machineId", id) || !get(line, "startTime", from) ||
	    !get(line, "endTime", to) || !get(line, "state", state) ||
	    !get(line, "source", source) || !get(line, "basis", basis) ||
	    !get(line, "projectId", project))
		return odd(0, "a record lacks a member", 0);
	m = id[1] - '1';
	s = &all[m];
	a = instant(from);
	z = instant(to);
	if (a < 0 || z > SPAN || a >= z)
		return odd(m, "a period has no length", a);
	s->begins[a] = true;
	place = at_source(f, m, source);
	for (long t = a; t < z; t++) {
		if (s->state[t])
			return odd(m, "periods overlap", t);
		s->state[t] = state[0];
		s->project[t] = project[1];
		s->estimated[t] = strcmp(basis, "estimated") == 0;
		s->source[t] = place;
	}
	return true;
}

static void
take_finding(struct said *all, const char *line)
{
	char code[WORD], message[WORD], hours[WORD];
	const char *name;
	enum kind kind = OPERATING;
	struct said *s;
	long seconds = 0;

	if (!get(line, "code", code) || !get(line, "message", message))
		return;
	name = strstr(message, "'M");
	if (!name)
		return;
	s = &all[name[2] - '1'];
	if (strstr(message, "idle hours"))
		kind = IDLE;
	if (strstr(message, "moving hours"))
		kind = MOVING;
	/* Four decimals of an hour: to the second. */
	if (get(line, "hours", hours))
		seconds = (long)(atof(hours) * 3600 + 1e6 + .5) - 1000000;
	if (strcmp(code, "unassigned") == 0)
		s->unassigned += seconds;
	for (int c = 0; c < CODES; c++)
		if (strcmp(code, code_names[c]) == 0) {
			s->count[c]++;
			s->hours[c][kind] += seconds;
		}
}

static bool
read_lines(struct said *s, const struct feed *f, const char *dir,
    const char *name, const char *run)
{
	static char line[LINE];
	char path[4096];
	bool ok = true;
	FILE *in;

	snprintf(path, sizeof(path), "%s/%s.%s", dir, name, run);
	in = fopen(path, "r");
	if (!in)
		return perror(path), false;
	while (fgets(line, sizeof(line), in))
		if (strncmp(line, "{\"tool\"", 7) == 0)
			take_finding(s, line);
		else if (strncmp(line, "{\"companyId\"", 12) == 0)
			ok &= take_record(s, f, line);
	fclose(in);
	return ok;
}

static bool
are_merged(const struct said *s, int m)
{
	for (long t = 1; t < SPAN; t++)
		if (s->begins[t] && s->state[t - 1] == s->state[t] &&
		    s->project[t - 1] == s->project[t] &&
		    s->estimated[t - 1] == s->estimated[t])
			return odd(m, "touching periods are not merged", t);
	return true;
}

bool
said_read(
    struct said *s, const struct feed *f, const char *dir, const char *run)
{
	bool ok;

	memset(s, 0, MACHINES * sizeof(*s));
	ok = read_lines(s, f, dir, "out", run);
	ok &= read_lines(s, f, dir, "rejects", run);
	for (int m = 0; m < MACHINES; m++)
		ok &= are_merged(&s[m], m);
	return ok;
}

int
said_status(const char *dir, const char *run)
{
	char path[4096];
	int n = -1;
	FILE *in;

	snprintf(path, sizeof(path), "%s/status.%s", dir, run);
	in = fopen(path, "r");
	if (!in || fscanf(in, "%d", &n) != 1)
		perror(path);
	if (in)
		fclose(in);
	return n;
}
