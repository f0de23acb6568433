/* cells.h - cells of CSV, as RFC 4180 has them. */

#ifndef UPLOAD_CELLS_H
#define UPLOAD_CELLS_H

#include "base/buf.h"

/* Put the cell ${s} (NULL: empty), quoted where it must be, after a comma where
 * ${comma}. */
void cells_text(struct buf *to, int comma, const char *s);

#endif
