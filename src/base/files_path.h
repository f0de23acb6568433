/* files_path.h - one file, opened by its path. */

#ifndef BASE_FILES_PATH_H
#define BASE_FILES_PATH_H

#include <stdint.h>

#include "base/tap.h"

/* The sizes of all files together, or 0 when one cannot be known. */
uint64_t files_path_sizes(char *const paths[]);

/* Open ${path} to read it; "-" is stdin.  -1 after a message, also for a
 * directory. */
int files_path_open(const char *path);

/* All bytes of ${fd}, whose own place is of no account, go by ${tap}.  0, or -1
 * after a message. */
int files_path_tap(int fd, const char *path, struct tap *tap);

#endif
