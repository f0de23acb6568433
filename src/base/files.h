/* files.h - files one after another, and those inside archives. */

#ifndef BASE_FILES_H
#define BASE_FILES_H

#include <stddef.h>
#include <stdint.h>

struct files;

/* What to do with a zip or tar archive. */
enum files_archives {
	FILES_REFUSED,	 /* it is an error of the file, and said */
	FILES_OPENED,	 /* each member is a file */
	FILES_WORKBOOKS, /* so it is, but an office document is one file, as
			    it is, and so is a zip archive in another */
};

/* How much may come out of one archive. */
struct files_limits {
	uint64_t members;    /* directories among them */
	uint64_t bytes;	     /* of all members */
	uint64_t ratio;	     /* times what was read of the archive */
	uint64_t ratio_from; /* once there are so many bytes */
};

/* 10,000 members; 1 TiB; 250 times, from 64 MiB on. */
extern const struct files_limits files_limits;

/* As input_open; archives are treated as ${what} says.  ${limits} is kept. */
struct files *files_open(
    char *const paths[], const struct files_limits *limits);
void files_archives(struct files *f, enum files_archives what);

/*
 * Call ${each} for each file, as it was named, that was read to its end and is
 * left: an archive once, with all its members.  Its size and SHA-256 are those
 * of its bytes as they lie on disk.  Before files_next.
 */
typedef void files_each(
    void *context, const char *name, uint64_t bytes, const char *sha256);
void files_digests(struct files *f, files_each *each, void *context);

/*
 * Leave the current file and go to the next that can be read.  False when none
 * is left.  What is compressed is unpacked, members of archives too.  Refused
 * with a message: archives inside archives, office documents (old ones, and new
 * ones, which are zip archives), members that members.h refuses, and what
 * exceeds the limits.
 */
int files_next(struct files *f);

/* True while there is a current file. */
int files_are_open(const struct files *f);

/* Bytes of the current file, as unpack_read. */
long files_read(struct files *f, void *to, size_t len);

/*
 * The current file as one that can be read from anywhere: itself, or, if it is
 * a pipe, packed or a member, an unlinked temporary file of what comes of it.
 * To be called before files_read.  -1 after a message.  It belongs to ${f}, is
 * good until files_next, and its own place is of no account.
 */
int files_whole(struct files *f);

/* Who reads it there tells that ${n} bytes are behind it. */
void files_passed(struct files *f, uint64_t n);

/* The file as it was named, "<stdin>" for stdin; a member's name after that of
 * its archive and a slash.  Lives until files_close. */
const char *files_name(const struct files *f);

/* True if any file could not be opened or read to its end. */
int files_failed(const struct files *f);

/* Bytes read from disk so far, and the sum of the files' sizes, 0 when it
 * cannot be known (a pipe). */
uint64_t files_read_bytes(const struct files *f);
uint64_t files_total_bytes(const struct files *f);

/* NULL is welcome. */
void files_close(struct files *f);

#endif
