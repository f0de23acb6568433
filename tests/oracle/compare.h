/* compare.h - what ditio-parse said of a feed, held to the oracle */

#ifndef TESTS_ORACLE_COMPARE_H
#define TESTS_ORACLE_COMPARE_H

#include "feed.h"

/*
 * compare(f, window, dir): what must be true of the runs in ${dir}: "plain",
 * "back" (files in reverse order), "mixed" (readings in reverse order) and, in
 * ${dir}/w, "plain" of ${window}.  What is not is said on stdout.
 */
bool compare(const struct feed *f, const struct feed *window, const char *dir);

#endif
