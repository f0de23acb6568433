/* make.c - data to measure with: a vendor's CSV, or an AEMP series. */

#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/msg.h"
#include "base/out.h"

#define BEGIN 1704067200 /* 2024-01-01T00:00:00Z */
#define QUARTER 900

/* A small generator (splitmix64): the same seed, the same bytes. */
static uint64_t
draw(uint64_t *seed)
{
	uint64_t z = *seed += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

/* "YYYY-MM-DD hh:mm:ss", as many portals write it. */
static const char *
stamp(char to[INSTANT_TEXT], int64_t seconds)
{
	instant_text(to, seconds);
	to[10] = ' ';
	to[19] = '\0';
	return to;
}

/* How cells are written: what begins and ends a row, what is between its
 * cells, and what is around its site. */
static const struct style {
	const char *name, *edge, *between, *before, *after;
} styles[] = {
	{ "csv", "", ",", "", "" },
	{ "quoted", "\"", "\",\"", "", "" },
	{ "careful", "", ",", "\"the \"\"", "\"\"\npit\"" },
};

/*
 * Eight columns; all machines report in turn, touching periods of about a
 * quarter of an hour each.
 */
static void
make_csv(const struct style *y, uint64_t rows, unsigned machines, uint64_t seed)
{
	static const char *const words[] = { "work", "idle", "move" };
	int64_t *at = calloc(machines, sizeof *at);
	char from[INSTANT_TEXT], to[INSTANT_TEXT], line[256];

	if (at == NULL)
		msg_die("out of memory");
	for (unsigned m = 0; m < machines; m++)
		at[m] = BEGIN + (int64_t)(draw(&seed) % QUARTER);
	out_put(
	    out_std(), "machine,status,from,to,site,fuel,note,serial\n", 45);
	for (uint64_t i = 0; i < rows && !out_failed(out_std()); i++) {
		unsigned m = (unsigned)(i % machines);
		uint64_t n = draw(&seed);
		int64_t start = at[m];
		int len;

		at[m] += QUARTER / 2 + (int64_t)(n % QUARTER);
		len = snprintf(line, sizeof line,
		    "%sEX-%04u%s%s%s%s%s%s%s%snorth %u%s%s%u.%u%s%s%010" PRIu64
		    "%s\n",
		    y->edge, m, y->between,
		    words[n >> 16 & 1 ? 0 : (n >> 17) % 3], y->between,
		    stamp(from, start), y->between, stamp(to, at[m]),
		    y->between, y->before, (unsigned)(n >> 24 & 15), y->after,
		    y->between, (unsigned)(n >> 32 & 63),
		    (unsigned)(n >> 40 & 7), y->between, y->between, n >> 30,
		    y->edge);
		out_put(out_std(), line, (size_t)len);
	}
	free(at);
}

/* Engine status every five minutes, of one machine. */
static void
make_xml(uint64_t rows, uint64_t seed)
{
	char time[INSTANT_TEXT], line[256];
	int running = 1;

	out_put(out_std(),
	    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<EngineStatusMessages>\n",
	    62);
	for (uint64_t i = 0; i < rows && !out_failed(out_std()); i++) {
		int64_t at = BEGIN - 1000000000 + (int64_t)i * 300;
		int len;

		if (draw(&seed) % 8 == 0)
			running = !running;
		len = snprintf(line, sizeof line,
		    "  <EngineStatus datetime=\"%s\"><EngineNumber>1"
		    "</EngineNumber><Running>%s</Running></EngineStatus>\n",
		    instant_text(time, at), running ? "true" : "false");
		out_put(out_std(), line, (size_t)len);
	}
	out_put(out_std(), "</EngineStatusMessages>\n", 24);
}

int
main(int argc, char *argv[])
{
	uint64_t rows, seed;

	msg_init("make");
	if (argc != 5)
		msg_die(
		    "usage: make csv|quoted|careful|xml ROWS MACHINES SEED");
	rows = strtoull(argv[2], NULL, 10);
	seed = strtoull(argv[4], NULL, 10);
	if (strcmp(argv[1], "xml") == 0)
		make_xml(rows, seed);
	for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++)
		if (strcmp(argv[1], styles[i].name) == 0)
			make_csv(&styles[i], rows,
			    (unsigned)strtoul(argv[3], NULL, 10), seed);
	return out_close(STATUS_OK);
}
