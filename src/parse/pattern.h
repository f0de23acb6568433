/* pattern.h - POSIX extended regular expressions, over UTF-8, and no more. */

#ifndef PARSE_PATTERN_H
#define PARSE_PATTERN_H

#include <stddef.h>

#include "parse/rows.h"

struct pattern;

/*
 * Make ready the pattern ${text}.  Of what stands behind a backslash only
 * signs, and the s, S, w and W that many know, mean something: \d, \b and \1
 * are refused, for they would be taken for something else or for nothing; so
 * are backslashes within [], which are none there.  NULL with *${why}, which
 * lives until the next call.  The caller frees with pattern_free.
 */
struct pattern *pattern_new(const char *text, const char **why);

/*
 * True if it is somewhere in the ${len} bytes at ${s}.  *${group} is then what
 * its first group took, within ${s}, empty when that took no part; without a
 * group, all that the pattern took.  No pattern is in a text with a NUL.
 */
int pattern_find(
    struct pattern *p, const char *s, size_t len, struct rows_cell *group);

/* The same in the name of the file ${path}, without its directories. */
int pattern_find_name(
    struct pattern *p, const char *path, struct rows_cell *group);

/* NULL is welcome. */
void pattern_free(struct pattern *p);

#endif
