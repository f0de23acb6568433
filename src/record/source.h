/* source.h - "name:line", the vendor's place of a record. */

#ifndef RECORD_SOURCE_H
#define RECORD_SOURCE_H

#include <stddef.h>
#include <stdint.h>

/*
 * Split a source at its last colon: the file's length, and the line in
 * *${line}.  What follows the colon must be a number as we write it, from 1,
 * within 64 bits; else all of it is the file and the line is 0.
 */
size_t source_split(const char *s, size_t len, uint64_t *line);

#endif
