/* words.h - a vendor's words for states, looked up and counted. */

#ifndef PARSE_WORDS_H
#define PARSE_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "parse/profile.h"
#include "record/names.h"

struct words;

/* Values of words_find besides those of enum profile_saying. */
#define WORDS_UNKNOWN (-1)

/* The words of ${profile}, their states numbered in ${names}. */
struct words *words_new(const struct profile *profile, struct names *names);

/*
 * What the ${len} bytes at ${s} (trimmed) say: an enum profile_saying, with
 * *${state} where it is PROFILE_STATE_WORD, or WORDS_UNKNOWN, which is
 * counted.  Case does not matter, in any script.
 */
int words_find(struct words *w, const char *s, size_t len, uint32_t *state);

/* Print the words that were not known, most frequent first, at MSG_INFO. */
void words_report(const struct words *w);

/* NULL is welcome. */
void words_free(struct words *w);

#endif
