/* progress.h - how far the work is, on a terminal only. */

#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdint.h>

/*
 * Called now and then (it looks at the clock itself, cheap to call every
 * thousand rows): shows rows, bytes, percent and time left on stderr when
 * that is a terminal and messages of level info are shown.  ${total} is 0
 * when unknown.
 */
void progress_show(
    const char *what, uint64_t rows, uint64_t bytes, uint64_t total);

/* The same with a text of the caller's, at most twice a second. */
void progress_text(const char *text);

/* Wipe the line, before anything else is printed. */
void progress_clear(void);

#endif
