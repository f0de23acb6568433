/* lock.h - one run at a time on a ledger. */

#ifndef UPLOAD_LOCK_H
#define UPLOAD_LOCK_H

#include <stdint.h>

#define LOCK_HELD (-2)

/*
 * Take the lock of the ledger ${path} (a file beside it, made when missing),
 * waiting up to ${wait} milliseconds.  It is held until the program ends,
 * however it ends.  Disks where no lock holds are refused.  A descriptor,
 * LOCK_HELD after a message when another run has it, -1 after a message.
 */
int lock_take(const char *path, int64_t wait);

#endif
