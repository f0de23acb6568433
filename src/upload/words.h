/* words.h - what a server said, for people: short, and without secrets. */

#ifndef UPLOAD_WORDS_H
#define UPLOAD_WORDS_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Put what the error body ${body} says at the end of ${to}: the messages of
 * {"error","message"}, {"message","errors":[...]}, problem+json and OAuth
 * errors, a string, the text of a page or of XML, or the body itself; at most
 * 400 bytes, control bytes made blank, each of the NULL-terminated ${secrets}
 * replaced by "***".  Nothing for an empty body.
 */
void words_put(
    struct buf *to, const char *body, size_t len, const char *const secrets[]);

#endif
