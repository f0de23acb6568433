/* path.c - the path of an element, as a profile writes it. */

#include "config.h"

#include <string.h>

#include "parse/path.h"

/* "../" and "a/b" both have a slash behind each step but the last. */
static size_t
step(const char *s)
{
	return strcspn(s, "/");
}

const char *
path_fault(const char *text, int is_record)
{
	size_t count = 0, len;
	int is_down = 0;

	if ((*text == '/') != is_record)
		return is_record
			   ? "a record's path begins with \"/\""
			   : "a field's path begins at the record, without "
			     "\"/\"";
	if (is_record && strcmp(text, "/") == 0)
		return NULL;
	for (text += is_record;; text += len + 1) {
		len = step(text);
		if (len == 0)
			return "a step of the path is empty";
		if (len == 2 && strncmp(text, "..", len) == 0) {
			if (is_record || is_down)
				return "\"..\" stands at the beginning of a "
				       "field's path";
		} else if (len == 1 && *text == '.') {
			return "\".\" is no step";
		} else if (*text == '@' && (is_record || text[len] != '\0')) {
			return "an attribute has nothing in it and is no "
			       "record";
		} else {
			is_down = 1;
		}
		if (++count > PATH_STEPS)
			return "the path has more than 32 steps";
		if (text[len] == '\0')
			return is_down ? NULL : "the path ends in \"..\"";
	}
}

void
path_read(struct path *p, const char *text)
{
	const char *s = text + (*text == '/');

	*p = (struct path){ .text = text };
	while (*s != '\0') {
		size_t len = step(s);

		if (len == 2 && memcmp(s, "..", 2) == 0) {
			p->ups++;
		} else {
			p->step[p->count].s = s;
			p->step[p->count++].len = len;
		}
		s += len + (s[len] == '/');
	}
}

int
path_is(const struct path *p, size_t i, const char *name, size_t len)
{
	if (p->step[i].len == 1 && p->step[i].s[0] == '*')
		return len == 0 || name[0] != '@';
	return p->step[i].len == len && memcmp(p->step[i].s, name, len) == 0;
}
