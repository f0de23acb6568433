/* ledger_inside.h - what the files of the ledger share. */

#ifndef UPLOAD_LEDGER_INSIDE_H
#define UPLOAD_LEDGER_INSIDE_H

#include "upload/db.h"
#include "upload/ledger.h"
#include "upload/ledger_sql.h"

struct ledger {
	struct db *db;
	int64_t run;
	int64_t target;
	enum ledger_mark mark;
	int open; /* a transaction is */
	enum ledger_use use;
};

#endif
