/* profile_keys.h - keys and values of a profile, and what is wrong with them.
 */

#ifndef PARSE_PROFILE_KEYS_H
#define PARSE_PROFILE_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "base/msg.h"
#include "parse/profile.h"
#include "json/json.h"

/* A profile being read. */
struct profile_keys {
	const char *path;
	struct profile *profile;
	unsigned wrong; /* faults said so far */
};

/* A key and who reads its value. */
struct profile_keys_row {
	const char *key;
	void (*read)(struct profile_keys *, const struct json *);
};

/* Say what is wrong at ${j}, and count it. */
void profile_keys_wrong(struct profile_keys *k, const struct json *j,
    const char *fmt, ...) MSG_PRINTF(3, 4);

/* Hand each member of the object ${j} to its reader.  ${rows} ends in NULL. */
void profile_keys_object(struct profile_keys *k, const struct json *j,
    const struct profile_keys_row *rows);

/* Values; what is not of its kind is said, and ${to} left as it is. */
void profile_keys_text(struct profile_keys *k, const struct json *j, char **to);
void profile_keys_char(struct profile_keys *k, const struct json *j, char *to);
void profile_keys_count(
    struct profile_keys *k, const struct json *j, uint64_t *to);
void profile_keys_duration(
    struct profile_keys *k, const struct json *j, int64_t *ms);

/* A list of texts.  The caller frees each and the list. */
char **profile_keys_texts(
    struct profile_keys *k, const struct json *j, size_t *count);

/* A pattern, or NULL after saying so; *${text} is as profile_keys_text. */
struct pattern *profile_keys_pattern(
    struct profile_keys *k, const struct json *j, char **text);

/* A zone, or NULL after saying so. */
const struct zone *profile_keys_zone(
    struct profile_keys *k, const struct json *j);

/* Which of ${words}, which end in NULL, it is, or -1 after saying so. */
int profile_keys_word(
    struct profile_keys *k, const struct json *j, const char *const words[]);

#endif
