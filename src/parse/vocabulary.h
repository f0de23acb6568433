/* vocabulary.h - a vendor's words for states, looked up and counted. */

#ifndef PARSE_VOCABULARY_H
#define PARSE_VOCABULARY_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "parse/profile.h"
#include "record/names.h"

struct vocabulary;

/* Values of vocabulary_find besides those of enum profile_saying. */
#define VOCABULARY_UNKNOWN (-1)

/* The words of ${profile}, their states numbered in ${names}. */
struct vocabulary *vocabulary_new(
    const struct profile *profile, struct names *names);

/*
 * What the ${len} bytes at ${s} (trimmed) say: an enum profile_saying, with
 * *${state} where it is PROFILE_STATE_WORD, or VOCABULARY_UNKNOWN, which is
 * counted.  Case does not matter, in any script.
 */
int vocabulary_find(
    struct vocabulary *w, const char *s, size_t len, uint32_t *state);

/* The same for a word that was met before and says a *${state}: true. */
int vocabulary_knows(
    struct vocabulary *w, const char *s, size_t len, uint32_t *state);

/* ${s} in lower case, each character as the four bytes of its number: only for
 * comparing.  What is no UTF-8 ends it. */
void vocabulary_fold(const char *s, size_t len, struct buf *to);

/* True if two words are the same to vocabulary_find. */
int vocabulary_is_same(const char *a, const char *b);

/* Likewise, of ${len} bytes at ${s}. */
int vocabulary_equals(const char *word, const char *s, size_t len);

/* Print the words that were not known, most frequent first, at MSG_INFO. */
void vocabulary_report(const struct vocabulary *w);

/* NULL is welcome. */
void vocabulary_free(struct vocabulary *w);

#endif
