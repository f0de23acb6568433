/* clock.h - the time, waiting for it, and being asked to stop. */

#ifndef UPLOAD_CLOCK_H
#define UPLOAD_CLOCK_H

#include <stdint.h>

/* Milliseconds of a clock that only goes forward. */
int64_t clock_now(void);

/* Seconds since 1970, UTC, of the machine's clock. */
int64_t clock_wall(void);

/* Wait until clock_now is ${then}, or until asked to stop or to tell. */
void clock_wait(int64_t then);

/* From now on SIGUSR1 (and SIGINFO, where there is one) only asks to tell how
 * the work goes. */
void clock_listen(void);

/* True if asked to tell since the last call. */
int clock_asked(void);

/*
 * From now on SIGINT and SIGTERM only ask to stop; the second one ends the
 * program.
 */
void clock_catch(void);

/* True once asked to stop. */
int clock_stopped(void);

#endif
