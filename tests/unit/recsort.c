/* recsort.c - read a stream, write it sorted: what LC_ALL=C sort must equal. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "base/msg.h"
#include "base/out.h"
#include "base/sort.h"
#include "record/stream.h"
#include "record/write.h"

int
main(int argc, char *argv[])
{
	int careful = argc > 1 && strcmp(argv[1], "--careful") == 0;
	size_t memory = argc > 1 + careful
			    ? strtoul(argv[1 + careful], NULL, 10)
			    : sort_default_memory();
	char *none[] = { NULL };
	struct names *names = names_new();
	struct input *in = input_open(none);
	struct stream *s = stream_open(in, names);
	struct sort *sort =
	    sort_new(sizeof(struct record), names_compare, names, memory);
	struct problem p = { 0 };
	const struct record *next;
	struct record r;
	enum stream_got got;

	msg_init("recsort");
	sort_keys(sort, names_key, names_rank);
	stream_careful(s, careful);
	while ((got = stream_next(s, &r, &p)) != STREAM_END) {
		if (got == STREAM_PROBLEM)
			problem_print(&p);
		else if (sort_put(sort, &r) != 0)
			return STATUS_TROUBLE;
	}
	while ((next = sort_next(sort)) != NULL)
		write_record(out_std(), names, next);
	problem_free(&p);
	sort_free(sort);
	stream_close(s);
	input_close(in);
	names_free(names);
	return out_close(STATUS_OK);
}
