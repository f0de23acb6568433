/* profile_marks.c - what a draft left for a person to decide. */

#include "config.h"

#include <string.h>

#include "parse/draft_out.h"
#include "parse/profile_marks.h"

static int
is_mark(const char *s)
{
	return s != NULL &&
	       strncmp(s, DRAFT_OUT_MARK, strlen(DRAFT_OUT_MARK)) == 0;
}

void
profile_marks(struct profile_keys *k, const struct json *j)
{
	if (is_mark(j->key) || is_mark(json_string(j)))
		profile_keys_wrong(k, j, "this waits for you: \"%.200s\"",
		    is_mark(j->key) ? j->key : j->text);
	for (j = j->child; j != NULL; j = j->next)
		profile_marks(k, j);
}
