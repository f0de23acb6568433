/* source.h - where the rows of a profile's files come from. */

#ifndef PARSE_SOURCE_H
#define PARSE_SOURCE_H

#include "base/input.h"
#include "parse/profile.h"
#include "parse/rows.h"
#include "record/frame.h"

/* Have the files of ${in} told as ${profile} needs them.  0, or -1 after a
 * message. */
int source_prepare(struct input *in, const struct profile *profile);

/*
 * The rows of the current file of ${in}; what frames of records in it say is
 * added to ${frame}.  All are borrowed until the rows are freed by their kind;
 * that is NULL after a message that the file cannot be read at all.
 */
struct rows source_open(
    struct input *in, struct profile *profile, struct frame *frame);

#endif
