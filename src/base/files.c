/* files.c - files one after another, and those inside archives. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/files.h"
#include "base/files_path.h"
#include "base/members.h"
#include "base/members_kind.h"
#include "base/msg.h"
#include "base/temp.h"
#include "base/unpack.h"
#include "base/xalloc.h"

#define ROOM ((size_t)256 * 1024)

static char stdin_path[] = "-";
static char *const only_stdin[] = { stdin_path, NULL };

const struct files_limits files_limits = {
	.members = 10000,
	.bytes = (uint64_t)1 << 40,
	.ratio = 250,
	.ratio_from = (uint64_t)64 << 20,
};

struct files {
	const struct files_limits *limits;
	enum files_archives archives;
	char *const *paths; /* what is still to be opened */
	const char *name;   /* of the current file or member */
	const char *path;   /* of the file, as messages have it */
	int fd;		    /* -1: none */
	int failed;
	uint64_t total;	      /* sizes of all files; 0 unknown */
	uint64_t read_before; /* bytes of the files left behind */
	uint64_t passed;      /* of the current one, by files_passed */

	struct unpack *file;
	struct members *members; /* NULL: it is no archive */
	struct unpack *member;
	uint64_t count, given; /* members and bytes that came of it */
	int zip;	       /* a zip file from a pipe, as a file; or -1 */
	int whole;	       /* what files_whole made; or -1 */
	uint64_t zip_size;     /* what there was of it to read */
	files_each *each;      /* is told the digest of each file; or NULL */
	void *each_context;
	struct tap *tap; /* NULL as well then */
	int is_jumped;	 /* its own bytes are read in any order */
	char **names;	 /* of members: they outlive them */
	size_t names_len;
};

struct files *
files_open(char *const paths[], const struct files_limits *limits)
{
	struct files *f = xcalloc(1, sizeof *f);

	f->paths = paths[0] != NULL ? paths : only_stdin;
	f->limits = limits;
	f->total = files_path_sizes(f->paths);
	f->fd = f->zip = f->whole = -1;
	return f;
}

void
files_archives(struct files *f, enum files_archives what)
{
	f->archives = what;
}

void
files_digests(struct files *f, files_each *each, void *context)
{
	f->each = each;
	f->each_context = context;
	f->tap = tap_new();
}

/*
 * What was read of the current file.  Of a zip file some may be read twice, or
 * many times: members may lie over each other.
 */
static uint64_t
raw_bytes(const struct files *f)
{
	uint64_t n = f->file != NULL ? unpack_raw_bytes(f->file) : 0;

	if (f->zip_size > 0 && f->zip < 0 && f->members != NULL)
		n = members_raw_bytes(f->members);
	n = n > f->passed ? n : f->passed;
	return f->zip_size > 0 && n > f->zip_size ? f->zip_size : n;
}

static void
shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* Tell the digest of the file that is left, if all of it could be read. */
static void
tell_digest(struct files *f)
{
	char sha256[DIGEST_TEXT];
	uint64_t bytes;
	int failed = f->failed;

	if (!failed && f->is_jumped) {
		(void)tap_take(f->tap, sha256);
		failed = files_path_tap(f->fd, f->path, f->tap) != 0;
	} else if (!failed) {
		failed = unpack_drain(f->file) != 0;
	}
	bytes = tap_take(f->tap, sha256);
	if (!failed)
		f->each(f->each_context, f->path, bytes, sha256);
	f->failed = failed;
}

static void
leave_file(struct files *f)
{
	if (f->fd < 0)
		return;
	if (f->each != NULL)
		tell_digest(f);
	f->read_before += raw_bytes(f);
	f->passed = 0;
	unpack_close(f->member);
	members_close(f->members);
	unpack_close(f->file);
	f->member = NULL;
	f->members = NULL;
	f->file = NULL;
	shut(&f->zip);
	shut(&f->whole);
	if (f->fd != STDIN_FILENO)
		close(f->fd);
	f->fd = -1;
}

static int
refuse(struct files *f, const char *code, const char *why)
{
	struct msg m = {
		.level = MSG_ERROR, .file = f->name, .code = code, .text = why
	};

	msg_place(&m);
	f->failed = 1;
	return 0;
}

/* The zip archives that are one document: their first parts. */
static int
is_document(const char *member)
{
	static const char *const first[] = { "[Content_Types].xml", "_rels/",
		"docProps/", "xl/", "mimetype" };

	for (size_t i = 0; i < sizeof first / sizeof first[0]; i++)
		if (strncmp(member, first[i], strlen(first[i])) == 0)
			return 1;
	return 0;
}

/* Documents of before 2007 come in a container of their own, which has names in
 * no directory that is read here. */
static int
is_old_document(const unsigned char *head, size_t len)
{
	return len >= 8 &&
	       memcmp(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0;
}

static int
refuse_old(struct files *f)
{
	return refuse(f, "office-document",
	    "an Excel workbook or another office document of the old binary "
	    "kind: open it and save it as .xlsx or CSV");
}

/* "archive/member", and kept. */
static void
name_member(struct files *f, const char *member)
{
	struct buf name = { 0 };

	if (f->names_len % 64 == 0)
		f->names = xreallocarray(
		    f->names, f->names_len + 64, sizeof *f->names);
	buf_printf(&name, "%s/%s", f->path, member);
	f->name = f->names[f->names_len++] = xstrdup(buf_text(&name));
	buf_free(&name);
}

/* Nothing more comes of this archive. */
static void
leave_archive(struct files *f)
{
	unpack_close(f->member);
	members_close(f->members);
	f->member = NULL;
	f->members = NULL;
}

/* The current file is one document, which may be what is wanted. */
static int
take_document(struct files *f)
{
	if (f->archives != FILES_WORKBOOKS)
		return refuse(f, "office-document",
		    "an Excel workbook or another office document, which is "
		    "no archive of files: read it by a profile whose format "
		    "is xlsx, or save its sheet as CSV");
	leave_archive(f);
	f->count = 0;
	return 1;
}

static void
leave_member(struct files *f)
{
	unpack_close(f->member);
	shut(&f->whole);
	f->member = NULL;
	f->name = f->path;
}

/* The next member that can be read. */
static int
next_member(struct files *f)
{
	const char *member;
	size_t len;
	int got, told = 0;

	leave_member(f);
	while ((got = members_next(f->members, &member)) != 0) {
		struct unpack_source source = { members_read, f->members };
		const unsigned char *head;
		enum members_kind kind;

		if (got < 0) {
			f->failed = told = 1;
			continue;
		}
		if (f->count++ == 0 && is_document(member))
			return take_document(f);
		name_member(f, member);
		f->member = unpack_over(source, f->name);
		head = unpack_head(f->member, &len);
		kind = members_kind(head, len);
		if (f->archives != FILES_WORKBOOKS &&
		    is_old_document(head, len)) {
			(void)refuse_old(f);
			leave_member(f);
			continue;
		}
		if (kind == MEMBERS_NONE ||
		    (kind == MEMBERS_ZIP && f->archives == FILES_WORKBOOKS))
			return 1;
		(void)refuse(f, "nested-archive",
		    "an archive inside an archive is not opened: unpack the "
		    "outer one and give what is in it");
		leave_member(f);
	}
	if (f->count == 0 && !told)
		return refuse(f, "empty-archive", "the archive has no files");
	return 0;
}

/* So many bytes more: do they come of a bomb? */
static int
is_bomb(struct files *f, size_t n)
{
	const struct files_limits *most = f->limits;

	f->given += n;
	if (f->given <= most->bytes &&
	    (f->given <= most->ratio_from ||
		f->given / most->ratio <= raw_bytes(f)))
		return 0;
	(void)refuse(f, "archive-limit",
	    "more comes out of the archive than is read from it as a rule (250 "
	    "times as much, or 1 TiB): if this is right, unpack it and give "
	    "the files");
	return 1;
}

static int
put_all(int fd, const char *s, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, s, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			msg_warn_errno("%s: cannot write a temporary file "
				       "(set TMPDIR)",
			    temp_dir());
			return -1;
		}
		s += n;
		len -= (size_t)n;
	}
	return 0;
}

/*
 * A temporary file of all that comes of ${from}, the current file or member.
 * -1 after a message.
 */
static int
spool(struct files *f, struct unpack *from)
{
	char *some = xmalloc(ROOM);
	int fd = temp_open();
	long n = -1;

	if (fd < 0)
		msg_warn_errno("%s: cannot create a temporary file "
			       "(set TMPDIR)",
		    temp_dir());
	while (fd >= 0 && (n = unpack_read(from, some, ROOM)) > 0)
		if (is_bomb(f, (size_t)n) || put_all(fd, some, (size_t)n) != 0)
			break;
	free(some);
	if (n == 0)
		return fd;
	f->failed = 1;
	if (fd >= 0)
		close(fd);
	return -1;
}

/* The members of the current file, a zip archive.  -1 after a message. */
static int
open_zip(struct files *f)
{
	int fd = unpack_own_fd(f->file);
	struct stat st;

	f->is_jumped = fd >= 0;
	if (fd < 0 && (fd = f->zip = spool(f, f->file)) < 0)
		return -1;
	f->zip_size = fd == f->zip	    ? unpack_raw_bytes(f->file)
		      : fstat(fd, &st) == 0 ? (uint64_t)st.st_size
					    : 1;
	f->members = members_open_zip(fd, f->path, f->limits->members);
	return 0;
}

/* The current file, or if it is an archive its first member. */
static int
start_file(struct files *f)
{
	const unsigned char *head;
	enum members_kind kind;
	size_t len;

	f->is_jumped = 0;
	f->file = unpack_open(f->fd, f->name, f->tap);
	f->count = f->given = f->zip_size = 0;
	head = unpack_head(f->file, &len);
	if (f->archives != FILES_WORKBOOKS && is_old_document(head, len))
		return refuse_old(f);
	kind = members_kind(head, len);
	if (kind == MEMBERS_NONE)
		return 1;
	if (f->archives == FILES_REFUSED)
		return refuse(f, "nested-archive",
		    "an archive where one file is wanted: unpack it");
	if (kind == MEMBERS_TAR)
		f->members =
		    members_open_tar(f->file, f->path, f->limits->members);
	else if (open_zip(f) != 0)
		return 0;
	return next_member(f);
}

int
files_next(struct files *f)
{
	if (f->members != NULL && next_member(f))
		return 1;
	leave_file(f);
	while (*f->paths != NULL) {
		const char *path = *f->paths++;

		f->name = f->path = strcmp(path, "-") == 0 ? "<stdin>" : path;
		if ((f->fd = files_path_open(path)) < 0)
			f->failed = 1;
		else if (start_file(f))
			return 1;
		leave_file(f);
	}
	return 0;
}

int
files_are_open(const struct files *f)
{
	return f->fd >= 0;
}

long
files_read(struct files *f, void *to, size_t len)
{
	long n;

	if (f->fd < 0)
		return 0;
	if (f->members == NULL && f->count > 0)
		return -1; /* it was a bomb */
	n = unpack_read(f->members != NULL ? f->member : f->file, to, len);
	if (n > 0 && f->members != NULL && is_bomb(f, (size_t)n)) {
		leave_archive(f);
		n = -1;
	}
	if (n < 0)
		f->failed = 1;
	return n;
}

int
files_whole(struct files *f)
{
	int fd = f->members == NULL ? unpack_own_fd(f->file) : -1;

	f->is_jumped |= fd >= 0;
	if (fd >= 0 || f->whole >= 0)
		return fd >= 0 ? fd : f->whole;
	if (f->members == NULL && f->zip >= 0)
		return f->zip;
	f->whole = spool(f, f->members == NULL ? f->file : f->member);
	return f->whole;
}

void
files_passed(struct files *f, uint64_t n)
{
	f->passed = n;
}

const char *
files_name(const struct files *f)
{
	return f->name;
}

int
files_failed(const struct files *f)
{
	return f->failed;
}

uint64_t
files_read_bytes(const struct files *f)
{
	return f->read_before + raw_bytes(f);
}

uint64_t
files_total_bytes(const struct files *f)
{
	return f->total;
}

void
files_close(struct files *f)
{
	if (f == NULL)
		return;
	f->each = NULL; /* it may not have been read to its end */
	leave_file(f);
	tap_free(f->tap);
	for (size_t i = 0; i < f->names_len; i++)
		free(f->names[i]);
	free(f->names);
	free(f);
}
