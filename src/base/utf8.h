/* utf8.h - what is UTF-8 and what is not. */

#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <locale.h>
#include <stddef.h>

/*
 * The length of the character at ${s}, of which ${len} (1 or more) bytes are
 * there; 0 if it is none: cut, overlong, a surrogate, beyond U+10FFFF.
 */
size_t utf8_character(const char *s, size_t len);

/* The length of the longest beginning that is UTF-8; ${len} if all is. */
size_t utf8_prefix(const char *s, size_t len);

/*
 * A locale of no language whose characters are UTF-8, whatever the user's is;
 * 0 where the system has none.  Belongs to this module.
 */
locale_t utf8_locale(void);

#endif
