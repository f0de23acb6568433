/* oracle.c - write random feeds; later, say whether ditio-parse got them right
 */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "compare.h"

static int
write_feed(struct feed *f, const char *dir)
{
	if (mkdir(dir, 0777) != 0 && errno != EEXIST)
		return perror(dir), -1;
	return feed_write(f, dir);
}

/* A feed in ${dir}, and in ${dir}/w its window alone. */
static int
write_both(struct feed *f, struct feed *window, const char *dir)
{
	char w[4096];

	*window = *f;
	feed_cut(window);
	snprintf(w, sizeof(w), "%s/w", dir);
	return write_feed(f, dir) || write_feed(window, w) ? -1 : 0;
}

int
main(int argc, char **argv)
{
	static struct feed feed, window;
	char dir[4000];
	bool ok = true, checks;

	if (argc != 5) {
		fputs("usage: oracle write|check seed count dir\n", stderr);
		return 2;
	}
	checks = strcmp(argv[1], "check") == 0;
	for (long i = 0; i < atol(argv[3]); i++) {
		long seed = atol(argv[2]) + i;

		snprintf(dir, sizeof(dir), "%s/%ld", argv[4], seed);
		feed_make(&feed, (uint64_t)seed);
		/* Writing tells each reading's line, too. */
		if (write_both(&feed, &window, dir) != 0)
			return 2;
		if (checks && !compare(&feed, &window, dir)) {
			printf("# feed %ld disagrees\n", seed);
			ok = false;
		}
	}
	return ok ? 0 : 1;
}
