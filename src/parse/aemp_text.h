/* aemp_text.h - the text of an element, without the blanks around it. */

#ifndef PARSE_AEMP_TEXT_H
#define PARSE_AEMP_TEXT_H

#include "base/buf.h"

/* Cut blanks off the end of ${text}; where what follows those at its start
 * begins.  Belongs to ${text}. */
const char *aemp_text_trim(struct buf *text);

/* Make ${to} the same; ${text} is of no use then until it is cleared. */
void aemp_text_take(struct buf *text, struct buf *to);

#endif
