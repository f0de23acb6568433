/* digester.c - a digest made beside other work, on a thread of its own. */

#include "config.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/digester.h"
#include "base/xalloc.h"

/* Whose turn it is: the owner's, the thread's, or nobody's any more. */
enum turn { OWNER, THREAD, OVER };

struct digester {
	pthread_t thread;
	int has_thread;
	pthread_mutex_t mutex; /* over ${turn} */
	pthread_cond_t changed;
	enum turn turn;
	const void *data;
	size_t len;
	struct digest *digest;
};

static void
give_turn(struct digester *d, enum turn turn)
{
	pthread_mutex_lock(&d->mutex);
	d->turn = turn;
	pthread_cond_signal(&d->changed);
	pthread_mutex_unlock(&d->mutex);
}

/* Until the turn is no longer ${turn}. */
static enum turn
wait_while(struct digester *d, enum turn turn)
{
	enum turn now;

	pthread_mutex_lock(&d->mutex);
	while (d->turn == turn)
		pthread_cond_wait(&d->changed, &d->mutex);
	now = d->turn;
	pthread_mutex_unlock(&d->mutex);
	return now;
}

static void *
work(void *digester)
{
	struct digester *d = digester;

	while (wait_while(d, OWNER) == THREAD) {
		digest_put(d->digest, d->data, d->len);
		give_turn(d, OWNER);
	}
	return NULL;
}

struct digester *
digester_new(void)
{
	struct digester *d = xcalloc(1, sizeof *d);

	d->digest = digest_new();
	pthread_mutex_init(&d->mutex, NULL);
	pthread_cond_init(&d->changed, NULL);
	d->has_thread = pthread_create(&d->thread, NULL, work, d) == 0;
	return d;
}

void
digester_start(struct digester *d, const void *data, size_t len)
{
	if (!d->has_thread) {
		digest_put(d->digest, data, len);
		return;
	}
	(void)wait_while(d, THREAD);
	d->data = data;
	d->len = len;
	give_turn(d, THREAD);
}

void
digester_finish(struct digester *d, char to[DIGEST_TEXT])
{
	if (d->has_thread)
		(void)wait_while(d, THREAD);
	digest_take(d->digest, to);
}

void
digester_free(struct digester *d)
{
	if (d == NULL)
		return;
	if (d->has_thread) {
		(void)wait_while(d, THREAD);
		give_turn(d, OVER);
		pthread_join(d->thread, NULL);
	}
	pthread_cond_destroy(&d->changed);
	pthread_mutex_destroy(&d->mutex);
	digest_free(d->digest);
	free(d);
}
