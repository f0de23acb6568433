/* sort.c - order items in memory, or beyond it through temporary files. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/sort.h"
#include "base/sort_chunk.h"
#include "base/sort_merge.h"
#include "base/sort_rule.h"
#include "base/sort_spill.h"
#include "base/xalloc.h"

/*
 * Items are collected in a chunk that fits the cache.  A full chunk is put in
 * order and becomes a run, or the continuation of the last run where it
 * follows it: input in order stays one run that nobody merges.  When memory
 * is full the runs in memory are merged into one run on disk.  In the end all
 * runs are merged while they are read.
 */
#define CHUNK ((size_t)2 * 1024 * 1024) /* bytes */
#define FIRST_CHUNK 1024

struct sort {
	struct sort_rule rule;
	sort_begin *begin; /* before keys are asked for, or NULL */
	size_t memory;
	uint64_t count;
	int failed;

	char *chunk;			  /* being filled */
	size_t filled;			  /* items in it */
	size_t chunk_room;		  /* items it can take now */
	size_t chunk_limit;		  /* items it may grow to */
	struct sort_chunk_place *scratch; /* two for each of its items */
	size_t used;			  /* bytes of the runs in memory */

	struct sort_runs runs;	  /* in memory */
	struct sort_runs spilled; /* on disk, in order of their making */
	struct sort_spill *file;

	struct sort_merge *merge; /* of all runs, once reading */
	int reading;
	int hold; /* for sort_again */
};

struct sort *
sort_new(size_t size, sort_compare *compare, void *context, size_t memory)
{
	struct sort *s = xcalloc(1, sizeof *s);

	s->rule = (struct sort_rule){ size, compare, NULL, context };
	s->memory = memory;
	s->merge = sort_merge_new(&s->rule);
	s->chunk_limit = memory / 4 / size;
	if (s->chunk_limit > CHUNK / size)
		s->chunk_limit = CHUNK / size;
	if (s->chunk_limit < 16)
		s->chunk_limit = 16;
	return s;
}

void
sort_keys(struct sort *s, sort_key *key, sort_begin *begin)
{
	s->rule.key = key;
	s->begin = begin;
}

void
sort_memory(struct sort *s, size_t memory)
{
	s->memory = memory;
}

/* Merge all runs in memory into one on disk. */
static int
spill(struct sort *s)
{
	struct sort_merge *merge;
	int failed;

	if (s->runs.count == 0)
		return 0;
	if (s->file == NULL && (s->file = sort_spill_new()) == NULL)
		return -1;
	merge = sort_merge_new(&s->rule);
	sort_merge_add(merge, &s->runs, 0, s->runs.count, NULL, 0);
	failed = sort_merge_write(merge, &s->spilled, s->file);
	sort_merge_free(merge);
	sort_merge_clear(&s->runs);
	s->used = 0;
	return failed;
}

/* Make a run, or a part of the last one, of what the chunk holds. */
static int
close_chunk(struct sort *s)
{
	size_t bytes = s->filled * s->rule.size;
	char *block;

	if (s->filled == 0)
		return 0;
	if (s->begin != NULL)
		s->begin(s->rule.context);
	if (sort_chunk_run(&s->rule, s->chunk, s->filled) == s->filled) {
		block = s->chunk;
		if (s->filled < s->chunk_room)
			block = xreallocarray(block, s->filled, s->rule.size);
		s->chunk = NULL;
		s->chunk_room = 0;
	} else {
		if (s->scratch == NULL)
			s->scratch = xreallocarray(
			    NULL, s->chunk_limit, 2 * sizeof *s->scratch);
		block =
		    sort_chunk_order(&s->rule, s->chunk, s->filled, s->scratch);
	}
	sort_merge_keep(s->merge, &s->runs, block, s->filled);
	s->used += bytes;
	s->filled = 0;
	/* The next chunk, its scratch and a block made of it must fit too. */
	if (s->used + 3 * s->chunk_limit * s->rule.size > s->memory)
		return spill(s);
	return 0;
}

static int
make_room(struct sort *s)
{
	if (s->chunk_room == s->chunk_limit && close_chunk(s) != 0)
		return -1;
	if (s->chunk == NULL) {
		s->chunk_room = s->count == 0 && FIRST_CHUNK < s->chunk_limit
				    ? FIRST_CHUNK
				    : s->chunk_limit;
	} else if (s->filled == s->chunk_room) {
		s->chunk_room = s->chunk_room < s->chunk_limit / 2
				    ? s->chunk_room * 2
				    : s->chunk_limit;
	} else {
		return 0;
	}
	if (s->chunk == NULL)
		s->chunk = xblock(s->chunk_room, s->rule.size);
	else
		s->chunk = xreallocarray(s->chunk, s->chunk_room, s->rule.size);
	return 0;
}

int
sort_put(struct sort *s, const void *item)
{
	if (s->filled == s->chunk_room && make_room(s) != 0) {
		s->failed = 1;
		return -1;
	}
	memcpy(s->chunk + s->filled * s->rule.size, item, s->rule.size);
	s->filled++;
	s->count++;
	return 0;
}

int
sort_put_block(struct sort *s, void *items, size_t n)
{
	int failed = 0;

	if (n == 0 || n > s->chunk_limit) {
		for (size_t i = 0; i < n && !failed; i++)
			failed =
			    sort_put(s, (const char *)items + i * s->rule.size);
		free(items);
		return failed ? -1 : 0;
	}
	if (close_chunk(s) != 0) {
		s->failed = 1;
		free(items);
		return -1;
	}
	free(s->chunk);
	s->chunk = items;
	s->chunk_room = s->filled = n;
	s->count += n;
	return 0;
}

/* Merge all runs, in memory or on disk, from their beginning. */
static void
merge_all(struct sort *s)
{
	if (s->file == NULL)
		sort_merge_add(s->merge, &s->runs, 0, s->runs.count, NULL, 0);
	else
		sort_merge_add(s->merge, &s->spilled, 0, s->spilled.count,
		    s->file, s->memory);
}

/* Everything is in: choose how to read it back. */
static int
start_reading(struct sort *s)
{
	s->reading = 1;
	if (close_chunk(s) != 0)
		return -1;
	free(s->chunk);
	free(s->scratch);
	s->chunk = NULL;
	s->scratch = NULL;
	s->chunk_room = s->chunk_limit = 0;
	/* Read buffers take the place of the runs. */
	if (s->file != NULL &&
	    (spill(s) != 0 || sort_merge_narrow(s->merge, &s->spilled, s->file,
				  s->memory) != 0))
		return -1;
	merge_all(s);
	return 0;
}

void
sort_hold(struct sort *s, int hold)
{
	s->hold = hold;
	sort_merge_hold(s->merge, hold);
}

void
sort_again(struct sort *s)
{
	if (!s->reading || s->failed)
		return;
	sort_merge_free(s->merge);
	s->merge = sort_merge_new(&s->rule);
	sort_merge_hold(s->merge, s->hold);
	merge_all(s);
}

const void *
sort_next(struct sort *s)
{
	const void *item;

	if (s->failed)
		return NULL;
	if (!s->reading && start_reading(s) != 0) {
		s->failed = 1;
		return NULL;
	}
	item = sort_merge_next(s->merge);
	if (item == NULL && sort_merge_failed(s->merge))
		s->failed = 1;
	return item;
}

int
sort_failed(const struct sort *s)
{
	return s->failed;
}

uint64_t
sort_count(const struct sort *s)
{
	return s->count;
}

uint64_t
sort_spilled(const struct sort *s)
{
	return s->file != NULL ? sort_spill_size(s->file) : 0;
}

void
sort_free(struct sort *s)
{
	if (s == NULL)
		return;
	sort_merge_free(s->merge);
	sort_merge_clear(&s->runs);
	sort_merge_clear(&s->spilled);
	sort_spill_free(s->file);
	free(s->chunk);
	free(s->scratch);
	free(s);
}

/* A number in a file of the control group, or SIZE_MAX ("max"). */
static size_t
read_limit(const char *path)
{
	FILE *f = fopen(path, "r");
	unsigned long long n = 0;

	if (f == NULL)
		return SIZE_MAX;
	if (fscanf(f, "%llu", &n) != 1)
		n = SIZE_MAX;
	fclose(f);
	return (size_t)n;
}

/* The smallest limit of our control group and those it stands in. */
static size_t
group_limit(void)
{
	FILE *f = fopen("/proc/self/cgroup", "r");
	char line[4096], path[4200];
	size_t limit = read_limit("/sys/fs/cgroup/memory/"
				  "memory.limit_in_bytes");

	while (f != NULL && fgets(line, sizeof line, f) != NULL) {
		char *group = line + 3, *slash;

		if (strncmp(line, "0::", 3) != 0)
			continue;
		group[strcspn(group, "\n")] = '\0';
		while ((slash = strrchr(group, '/')) != NULL) {
			size_t n;

			snprintf(path, sizeof path,
			    "/sys/fs/cgroup%s/memory.max", group);
			n = read_limit(path);
			limit = n < limit ? n : limit;
			*slash = '\0';
		}
	}
	if (f != NULL)
		fclose(f);
	return limit;
}

size_t
sort_default_memory(void)
{
	long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
	size_t ram = pages > 0 && page > 0 ? (size_t)pages * (size_t)page
					   : (size_t)1 << 30;
	size_t limit = group_limit();

	return (limit < ram ? limit : ram) / 8;
}
