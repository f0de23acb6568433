/* members_kind.h - whether a file is an archive of others. */

#ifndef BASE_MEMBERS_KIND_H
#define BASE_MEMBERS_KIND_H

#include <stddef.h>

enum members_kind {
	MEMBERS_NONE, /* no archive */
	MEMBERS_ZIP,
	MEMBERS_TAR,
};

/*
 * What a file is that begins with these ${len} bytes (UNPACK_HEAD, unless it is
 * shorter): told by the mark of a zip file, or by the checksum of a tar header
 * together with its mark or the zeros at its end.
 */
enum members_kind members_kind(const unsigned char *head, size_t len);

#endif
