/* html.h - text that becomes part of a page, whatever is in it. */

#ifndef VALIDATE_HTML_H
#define VALIDATE_HTML_H

#include <stddef.h>
#include <stdint.h>

#include "base/msg.h"
#include "base/out.h"

/* Put markup of our own, as it is. */
void html_put(struct out *out, const char *markup);
void html_printf(struct out *out, const char *fmt, ...) MSG_PRINTF(2, 3);

/*
 * Put ${len} bytes of anybody's as text or within quotes: at most ${most}
 * characters, and "…" for more.  What could be markup is escaped; controls come
 * as their pictures, what turns or hides text as "U+202E" in brackets, what is
 * not UTF-8 as U+FFFD.  So the page stays well-formed, as HTML and as XML.
 */
void html_text(struct out *out, const char *s, size_t len, size_t most);

/* The same of a string. */
void html_string(struct out *out, const char *s, size_t most);

/* Put ${seconds} as hours, "1 234.50", with the exact value for programs. */
void html_hours(struct out *out, int64_t seconds);

/* Put ${n} as "1 234". */
void html_count(struct out *out, uint64_t n);

/* Put ${part} of ${whole} as "33.3" of a hundred; 0 of nothing. */
void html_percent(struct out *out, int64_t part, int64_t whole);

#endif
