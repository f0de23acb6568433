/* cause.c - one thing that went wrong, which shows as many findings. */

#include "config.h"

#include "validate/cause.h"
#include "validate/rule.h"

void
cause_name(struct buf *b, const struct cause *c)
{
	buf_printf(b, "%s-%u", rule_at(c->rule)->code, c->instance);
}
