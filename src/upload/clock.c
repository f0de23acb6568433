/* clock.c - the time, waiting for it, and being asked to stop. */

#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>

#include "upload/clock.h"

static volatile sig_atomic_t stopped, asked;

int64_t
clock_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t
clock_wall(void)
{
	return (int64_t)time(NULL);
}

static void
stop(int signal)
{
	(void)signal;
	stopped = 1;
}

static void
ask(int signal)
{
	(void)signal;
	asked = 1;
}

void
clock_listen(void)
{
	struct sigaction sa = { .sa_handler = ask, .sa_flags = SA_RESTART };

	sigemptyset(&sa.sa_mask);
	sigaction(SIGUSR1, &sa, NULL);
#ifdef SIGINFO
	sigaction(SIGINFO, &sa, NULL);
#endif
}

int
clock_asked(void)
{
	int was = asked;

	asked = 0;
	return was;
}

void
clock_catch(void)
{
	struct sigaction sa = { .sa_handler = stop, .sa_flags = SA_RESETHAND };

	sigemptyset(&sa.sa_mask);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
}

int
clock_stopped(void)
{
	return stopped;
}

void
clock_wait(int64_t then)
{
	sigset_t block, old;

	/* Blocked between the look at the flag and the wait, so that no
	 * signal slips through. */
	sigemptyset(&block);
	sigaddset(&block, SIGINT);
	sigaddset(&block, SIGTERM);
	sigaddset(&block, SIGUSR1);
	sigprocmask(SIG_BLOCK, &block, &old);
	for (int64_t left;
	     !stopped && !asked && (left = then - clock_now()) > 0;) {
		struct timespec ts = { .tv_sec = left / 1000,
			.tv_nsec = left % 1000 * 1000000 };

		if (ppoll(NULL, 0, &ts, &old) < 0 && errno != EINTR)
			break;
	}
	sigprocmask(SIG_SETMASK, &old, NULL);
}
