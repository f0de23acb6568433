/* json_write.h - JSON text, grown value by value. */

#ifndef JSON_JSON_WRITE_H
#define JSON_JSON_WRITE_H

#include <stddef.h>
#include <stdint.h>

struct json_write;

/* A writer; ${pretty} indents by two spaces. */
struct json_write *json_write_new(int pretty);

void json_write_object(struct json_write *w);
void json_write_array(struct json_write *w);
void json_write_end(struct json_write *w); /* of the innermost of these */

/* A member's name; its value comes next. */
void json_write_key(struct json_write *w, const char *key);

/* A string of UTF-8; bytes that are not become U+FFFD. */
void json_write_string(struct json_write *w, const char *s, size_t len);
void json_write_text(struct json_write *w, const char *s); /* NULL: null */
void json_write_int(struct json_write *w, int64_t n);
void json_write_uint(struct json_write *w, uint64_t n);
void json_write_bool(struct json_write *w, int truth);
void json_write_null(struct json_write *w);

/* A number that stands in ${s} as JSON writes it ("37.50"). */
void json_write_number(struct json_write *w, const char *s);

/* Hours from ${seconds}, as a number with two to four digits after the point,
 * exact to the second's third part of an hour (1 s is 0.0003). */
void json_write_hours(struct json_write *w, int64_t seconds);

/* A member: its name and its value, which is written as above. */
void json_write_member(struct json_write *w, const char *key, const char *s);
void json_write_member_int(struct json_write *w, const char *key, int64_t n);
void json_write_member_uint(struct json_write *w, const char *key, uint64_t n);
void json_write_member_hours(
    struct json_write *w, const char *key, int64_t seconds);

/* One whose value is an instant, from seconds since 1970 (UTC), as text:
 * "2025-01-15T08:00:00Z". */
void json_write_member_instant(
    struct json_write *w, const char *key, int64_t seconds);

/*
 * What has grown of a value since the last call, and forget it: the value
 * goes on, and whoever writes the parts down one after another needs memory
 * for one of them.  Belongs to ${w} and lives until the next call.
 */
const char *json_write_part(struct json_write *w, size_t *len);

/*
 * The text of the finished value, without a newline; ${len} may be NULL.
 * Belongs to ${w} and lives until the next call: the next value starts anew.
 */
const char *json_write_take(struct json_write *w, size_t *len);

/* NULL is welcome. */
void json_write_free(struct json_write *w);

#endif
