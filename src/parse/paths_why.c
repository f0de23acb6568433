/* paths_why.c - why a record of a document is none. */

#include "config.h"

#include <string.h>

#include "parse/paths_why.h"

const char *
paths_why(const char *code)
{
	static const struct {
		const char *code, *why;
	} reasons[] = {
		{ "repeated-value",
		    "a path of the profile leads to several places in the "
		    "record, or in what is around it" },
		{ "duplicate-key", "a key stands twice in one object" },
		{ "bad-type", "a path of the profile leads to an object where "
			      "a value is needed, or to a value that is no "
			      "record" },
		{ "nul-byte", "a NUL character in a value" },
		{ "unknown-key", "a key that records do not have; take it out, "
				 "if it is not one misspelt" },
		{ "too-long-text", "a value is too long" },
	};
	size_t i = 0;

	while (strcmp(reasons[i].code, code) != 0)
		i++;
	return reasons[i].why;
}
