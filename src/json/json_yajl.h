/* json_yajl.h - yajl that never lacks memory, and what its parser says. */

#ifndef JSON_JSON_YAJL_H
#define JSON_JSON_YAJL_H

#include <stddef.h>
#include <yajl/yajl_parse.h>

/* yajl never asks whether it got memory: memory or death, by xalloc. */
yajl_alloc_funcs json_yajl_memory(void);

/* A parser; the caller frees with yajl_free. */
yajl_handle json_yajl_new(const yajl_callbacks *callbacks, void *context);

/* What it found wrong with ${text}, without its prefix and picture, cut to
 * ${room} bytes at ${to}. */
void json_yajl_why(
    yajl_handle yajl, const char *text, size_t len, char *to, size_t room);

#endif
