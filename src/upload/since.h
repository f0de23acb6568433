/* since.h - from where on a project's periods are taken in. */

#ifndef UPLOAD_SINCE_H
#define UPLOAD_SINCE_H

#include <stdint.h>

#include "base/status.h"
#include "upload/api.h"
#include "upload/ledger.h"

/* All borrowed; ${status} is why the last question failed. */
struct since {
	struct api *api;
	struct ledger *ledger;
	int64_t lookback; /* seconds */
	enum status status;
};

/* The first start that a period may have which neither lies before the latest
 * timestamp ${ms} (LEDGER_NONE: nothing there) nor is what left it there. */
int64_t since_first(int64_t ms, enum ledger_mark kind, int64_t lookback);

/* The same for project number ${project} of the struct since ${context}, which
 * is asked for.  0, or -1 after a message. */
int since_ask(void *context, int64_t project, int64_t *first);

#endif
