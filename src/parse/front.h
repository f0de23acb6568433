/* front.h - the first bytes of a file, as a file of its own. */

#ifndef PARSE_FRONT_H
#define PARSE_FRONT_H

#include <stddef.h>

#include "base/input.h"

struct front;

/* At most ${most} bytes of the current file of ${in}, which is borrowed until
 * front_close, from where it is. */
struct front *front_open(struct input *in, size_t most);

/* Their current file is they.  Belongs to ${f}. */
struct input *front_input(struct front *f);

/* NULL is welcome. */
void front_close(struct front *f);

#endif
