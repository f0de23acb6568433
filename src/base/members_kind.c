/* members_kind.c - whether a file is an archive of others. */

#include "config.h"

#include <string.h>

#include "base/members_kind.h"
#include "base/unpack.h"

/* The sum of a tar header's bytes, its own place taken for blanks. */
static int
is_tar_header(const unsigned char *h)
{
	unsigned long sum = 0, said = 0;
	size_t i = 148;

	for (size_t k = 0; k < 512; k++)
		sum += k >= 148 && k < 156 ? ' ' : h[k];
	while (i < 156 && h[i] == ' ')
		i++;
	for (; i < 156 && h[i] >= '0' && h[i] <= '7'; i++)
		said = said * 8 + (unsigned long)(h[i] - '0');
	return said == sum && sum > 8UL * ' ';
}

enum members_kind
members_kind(const unsigned char *head, size_t len)
{
	static const char *const zip[] = { "PK\3\4", "PK\5\6", "PK00PK\3\4",
		"PK\7\10PK\3\4" };

	for (size_t i = 0; i < sizeof zip / sizeof zip[0]; i++)
		if (len >= strlen(zip[i]) &&
		    memcmp(head, zip[i], strlen(zip[i])) == 0)
			return MEMBERS_ZIP;
	/* With its mark a damaged header is told, and said. */
	if (len >= UNPACK_HEAD && memchr(head, 0, UNPACK_HEAD) != NULL &&
	    (memcmp(head + 257, "ustar", 5) == 0 || is_tar_header(head)))
		return MEMBERS_TAR;
	return MEMBERS_NONE;
}
