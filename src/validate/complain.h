/* complain.h - what is wrong with a file of settings, and where. */

#ifndef VALIDATE_COMPLAIN_H
#define VALIDATE_COMPLAIN_H

#include "base/msg.h"
#include "json/json.h"

/* A file being read. */
struct complain {
	const char *path;
	unsigned count; /* faults said so far */
};

/* Say what is wrong at ${j}, and count it. */
void complain_at(struct complain *c, const struct json *j, const char *fmt, ...)
    MSG_PRINTF(3, 4);

#endif
