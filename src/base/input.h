/* input.h - the bytes and lines of stdin, or of files one after another. */

#ifndef BASE_INPUT_H
#define BASE_INPUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/files.h"
#include "base/unpack.h"

struct input;

enum input_got {
	INPUT_OK,   /* there is a line */
	INPUT_END,  /* the file is at its end, or could not be read further */
	INPUT_LONG, /* a line longer than the limit was passed over */
};

/*
 * Read the files in ${paths}, a NULL-terminated list that the caller keeps
 * alive; "-" and an empty list mean stdin.  Never fails: a file that cannot
 * be opened is reported when its turn comes, and remembered.
 */
struct input *input_open(char *const paths[]);

/*
 * What follows is text: strip a UTF-8 byte order mark, and convert to UTF-8
 * from UTF-16 or UTF-32 (told by their marks) or from ${encoding}, any name
 * iconv knows; NULL and "utf-8" are passed through unchecked.  Bytes that
 * cannot be converted become 0xFF, which is never valid UTF-8, so that whoever
 * checks the text meets them in their place.  Without this call bytes come as
 * they are.  -1 after a message when iconv does not know ${encoding}.
 */
int input_text(struct input *in, const char *encoding);

/*
 * Read the bytes of ${source}, which is borrowed, as one file called ${name},
 * which is kept by the caller; it is the current one at once.
 */
struct input *input_over(struct unpack_source source, const char *name);

/*
 * What to do with zip and tar archives.  Default FILES_REFUSED; opened, each
 * member is a file of its own.
 */
void input_archives(struct input *in, enum files_archives what);

/* As files_digests; before input_next_file, and of input_open only. */
void input_digests(struct input *in, files_each *each, void *context);

/* The longest line input_line gives, in bytes without its newline.
 * Default 1 MiB. */
void input_max_line(struct input *in, size_t max);

/*
 * Leave the current file and go to the next that can be opened.  False when
 * none is left.  gzip, zstd, xz and bzip2 are told by their first bytes and
 * unpacked on the way; so are archives.
 */
int input_next_file(struct input *in);

/*
 * Look at the unread bytes of the current file: at least ${want} of them
 * (at most 64 MiB) unless the file ends sooner; ${len} says how many.  They
 * belong to ${in} and live until the next call.  NULL at the end.
 */
const char *input_peek(struct input *in, size_t want, size_t *len);

/* Take ${n} bytes of what input_peek showed. */
void input_skip(struct input *in, size_t n);

/*
 * The next line of the current file without its newline (a CR before it
 * stays).  A last line without a newline counts.  ${line} belongs to ${in}
 * and lives until the next call.
 */
enum input_got input_line(struct input *in, const char **line, size_t *len);

/*
 * Take ${n} bytes of what input_peek showed, as lines: the number of the
 * lines that end in them is counted.
 */
void input_skip_lines(struct input *in, size_t n);

/* Take ${n} bytes of what input_peek showed, a line with its newline: its
 * number. */
uint64_t input_take_line(struct input *in, size_t n);

/*
 * True if ${path} is one of the regular files that ${paths} (as of input_open)
 * names: opened for writing, it would be empty before its first line was read.
 */
int input_includes(char *const paths[], const char *path);

/* The current file as files_whole gives it; to be called before anything of
 * it is read, and not after input_text. */
int input_whole(struct input *in);

/* As files_passed. */
void input_passed(struct input *in, uint64_t n);

/* The file as it was named, "<stdin>" for stdin; a member of an archive after
 * that and a slash.  Belongs to ${in}, lives until input_close. */
const char *input_name(const struct input *in);

/* The number of the last line input_line gave, from 1. */
uint64_t input_number(const struct input *in);

/* True if the last line given ended in a newline. */
int input_line_whole(const struct input *in);

/* True if the current file could not be read to its end. */
int input_file_failed(const struct input *in);

/* True if any file could not be opened or read to its end. */
int input_failed(const struct input *in);

/* Bytes read from files so far, as they lie on disk, and the sum of the
 * files' sizes, 0 when it cannot be known (a pipe).  For progress. */
uint64_t input_read_bytes(const struct input *in);
uint64_t input_total_bytes(const struct input *in);

/* Close.  NULL is welcome. */
void input_close(struct input *in);

#endif
