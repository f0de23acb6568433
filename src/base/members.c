/* members.c - the files in a zip or tar archive, one after another. */

#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/members.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "base/xalloc.h"

#define ROOM ((size_t)256 * 1024)
#define BLOCK 512 /* of a tar file */

/* A zip file ends with a record of 22 bytes and a comment; libarchive looks for
 * it in so many of the last bytes. */
#define ZIP_END 22
#define ZIP_TAIL ((size_t)16 * 1024)
/* Its directory is held in memory, whatever it says of its size. */
#define ZIP_DIRECTORY ((uint64_t)16 * 1024 * 1024)
/* There is much to and fro. */
#define ZIP_ROOM ((size_t)32 * 1024)

struct members {
	const char *name;
	struct archive *archive;
	struct unpack *from; /* a tar file, or NULL: a zip file */
	int fd;
	uint64_t at, size; /* the place in fd, and its end */
	uint64_t raw;	   /* bytes read from it */
	int listed;	   /* its directory was read */
	uint64_t promised; /* members, as its end says; 0xffff or more: many */
	int garbage;	   /* there is something after its end */
	int told;	   /* it was said what is wrong with the archive */
	int over;	   /* no member is left */
	int shut;	   /* it could not be opened: the first call tells */
	uint64_t most;
	uint64_t entries; /* files, directories and all */
	uint64_t skipped; /* of which a warning will speak */
	struct buf first; /* name of those */
	struct buf shown; /* the member's name */
	size_t tail_len;
	unsigned char tail[BLOCK]; /* the last bytes of a tar file */
	unsigned char buffer[ROOM];
};

static void
say(const struct members *m, enum msg_level level, const char *code,
    const char *text)
{
	struct buf file = { 0 };
	struct msg said = { .level = level, .code = code, .text = text };

	buf_puts(&file, m->name);
	if (m->shown.len > 0) {
		buf_putc(&file, '/');
		buf_puts(&file, buf_text(&m->shown));
	}
	said.file = buf_text(&file);
	msg_place(&said);
	buf_free(&file);
}

static void
say_damaged(struct members *m, const char *why)
{
	struct buf text = { 0 };

	if (m->told)
		return;
	buf_printf(&text,
	    "the archive is cut or damaged: %s; copy the file again",
	    why != NULL ? why : "no more is known");
	say(m, MSG_ERROR, "bad-archive", buf_text(&text));
	buf_free(&text);
}

static void
say_too_many(struct members *m)
{
	struct buf text = { 0 };

	m->told = 1;
	buf_clear(&m->shown);
	buf_printf(&text,
	    "the archive has more than %ju members: unpack it and give the "
	    "files",
	    (uintmax_t)m->most);
	say(m, MSG_ERROR, "archive-limit", buf_text(&text));
	buf_free(&text);
}

static void
keep_tail(struct members *m, size_t n)
{
	size_t kept;

	if (n >= BLOCK) {
		memcpy(m->tail, m->buffer + n - BLOCK, BLOCK);
		m->tail_len = BLOCK;
		return;
	}
	kept = m->tail_len < BLOCK - n ? m->tail_len : BLOCK - n;
	memmove(m->tail, m->tail + m->tail_len - kept, kept);
	memcpy(m->tail + kept, m->buffer, n);
	m->tail_len = kept + n;
}

static la_ssize_t
feed_tar(struct archive *a, void *data, const void **bytes)
{
	struct members *m = data;
	long n = unpack_read(m->from, m->buffer, ROOM);

	if (n < 0) {
		m->told = 1;
		archive_set_error(a, EIO, "cannot be read");
		return -1;
	}
	keep_tail(m, (size_t)n);
	*bytes = m->buffer;
	return (la_ssize_t)n;
}

/* As pread(2), but what is wrong is said. */
static long
read_at(struct members *m, void *to, size_t len, uint64_t at)
{
	ssize_t n;

	while ((n = pread(m->fd, to, len, (off_t)at)) < 0 && errno == EINTR)
		;
	if (n < 0) {
		msg_warn_errno("%s", m->name);
		m->told = 1;
	} else {
		m->raw += (uint64_t)n;
	}
	return (long)n;
}

static la_ssize_t
feed_zip(struct archive *a, void *data, const void **bytes)
{
	struct members *m = data;
	long n = -1;

	if (!m->listed && m->raw > ZIP_DIRECTORY)
		say_too_many(m);
	else
		n = read_at(m, m->buffer, ZIP_ROOM, m->at);
	if (n < 0) {
		archive_set_error(a, EIO, "cannot be read");
		return -1;
	}
	m->at += (uint64_t)n;
	*bytes = m->buffer;
	return (la_ssize_t)n;
}

static la_int64_t
seek_zip(struct archive *a, void *data, la_int64_t by, int whence)
{
	struct members *m = data;
	uint64_t from = whence == SEEK_SET   ? 0
			: whence == SEEK_CUR ? m->at
					     : m->size;

	if (by < 0 ? (uint64_t)-by > from : (uint64_t)by > m->size - from) {
		archive_set_error(a, EINVAL, "it points beyond its end");
		return ARCHIVE_FATAL;
	}
	m->at = from + (uint64_t)by;
	return (la_int64_t)m->at;
}

static struct members *
new_members(const char *name, uint64_t most)
{
	struct members *m = xmalloc(sizeof *m);

	memset(m, 0, offsetof(struct members, tail));
	m->name = name;
	m->most = most;
	m->archive = archive_read_new();
	if (m->archive == NULL)
		msg_die("out of memory");
	return m;
}

/* Say what libarchive says, and be over. */
static void
give_up(struct members *m)
{
	say_damaged(m, archive_error_string(m->archive));
	m->over = 1;
}

static void
start(struct members *m, archive_read_callback *feed)
{
	if (archive_read_open(m->archive, m, NULL, feed, NULL) == ARCHIVE_OK)
		return;
	give_up(m);
	m->shut = 1;
}

struct members *
members_open_tar(struct unpack *from, const char *name, uint64_t most)
{
	struct members *m = new_members(name, most);

	m->from = from;
	archive_read_support_format_tar(m->archive);
	/* As "cat a.tar b.tar" makes them; and nothing is passed over at the
	 * end without a word. */
	(void)archive_read_set_options(
	    m->archive, "tar:read_concatenated_archives");
	start(m, feed_tar);
	return m;
}

/* What the record at the end of a zip file says.  0, or -1 after a message. */
static int
read_end(struct members *m)
{
	size_t len = m->size < ZIP_TAIL ? (size_t)m->size : ZIP_TAIL;
	long got = read_at(m, m->buffer, len, m->size - len);
	const unsigned char *end = NULL;

	if (got < 0)
		return -1;
	len = (size_t)got;
	for (size_t n = ZIP_END; n <= len && end == NULL; n++)
		if (memcmp(m->buffer + len - n, "PK\5\6", 4) == 0)
			end = m->buffer + len - n;
	if (end == NULL) {
		say_damaged(m, "it has no directory at its end");
		return -1;
	}
	m->promised = end[10] | (uint64_t)end[11] << 8;
	m->garbage = (size_t)(m->buffer + len - end) >
		     ZIP_END + (size_t)(end[20] | end[21] << 8);
	return 0;
}

struct members *
members_open_zip(int fd, const char *name, uint64_t most)
{
	struct members *m = new_members(name, most);
	struct stat st;

	m->fd = fd;
	if (fstat(fd, &st) != 0) {
		msg_warn_errno("%s", name);
		m->over = m->shut = 1;
		return m;
	}
	m->size = (uint64_t)st.st_size;
	/* By the directory and not from the front, as which a link is a file
	 * and a deleted member is still there. */
	archive_read_support_format_zip_seekable(m->archive);
	archive_read_set_seek_callback(m->archive, seek_zip);
	if (read_end(m) != 0)
		m->over = m->shut = 1;
	else if (m->promised == 0)
		m->over = 1; /* libarchive takes it for no zip file */
	else
		start(m, feed_zip);
	return m;
}

/* A directory that has lost members may look like a whole one. */
static int
zip_is_whole(struct members *m)
{
	struct buf why = { 0 };
	int whole = m->entries == m->promised || m->promised >= 0xffff;

	if (!whole) {
		buf_printf(&why, "its end tells of %ju members, %ju were found",
		    (uintmax_t)m->promised, (uintmax_t)m->entries);
		say_damaged(m, buf_text(&why));
	} else if (m->garbage) {
		say(m, MSG_WARNING, "trailing-garbage",
		    "bytes after the end of the archive are ignored");
	}
	buf_free(&why);
	return whole;
}

/* A tar file ends with zeros; without them it is cut between two members. */
static int
tar_is_whole(struct members *m)
{
	const void *bytes;
	la_ssize_t n;

	while ((n = feed_tar(m->archive, m, &bytes)) > 0)
		;
	if (n < 0)
		return 0;
	for (size_t i = 0; i < BLOCK; i++)
		if (i >= m->tail_len || m->tail[m->tail_len - 1 - i] != 0) {
			say_damaged(m, "it has no end mark");
			return 0;
		}
	return 1;
}

/* All members were seen.  As members_next. */
static int
end(struct members *m)
{
	int whole = m->from != NULL ? tar_is_whole(m) : zip_is_whole(m);
	struct buf text = { 0 };

	m->over = 1;
	if (m->skipped > 0) {
		buf_printf(&text,
		    "passed over %ju that are links, devices or what a "
		    "Macintosh adds, first '%s'",
		    (uintmax_t)m->skipped, buf_text(&m->first));
		say(m, MSG_WARNING, "skipped-member", buf_text(&text));
	}
	buf_free(&text);
	return whole ? 0 : -1;
}

/* What a name is in messages and sources. */
static void
show_name(struct members *m, struct archive_entry *entry)
{
	const char *name = archive_entry_pathname_utf8(entry);
	size_t len;

	buf_clear(&m->shown);
	if (name == NULL)
		name = archive_entry_pathname(entry);
	if (name == NULL || *name == '\0') {
		buf_printf(&m->shown, "member-%ju", (uintmax_t)m->entries);
		return;
	}
	len = strlen(name);
	while (len > 0) {
		size_t good = utf8_prefix(name, len);

		buf_put(&m->shown, name, good);
		if (good == len)
			return;
		buf_printf(&m->shown, "%%%02X", (unsigned char)name[good]);
		name += good + 1;
		len -= good + 1;
	}
}

/* What a Macintosh puts beside the files. */
static int
is_macintosh(const char *name)
{
	const char *base = strrchr(name, '/');

	base = base != NULL ? base + 1 : name;
	return strncmp(name, "__MACOSX/", 9) == 0 ||
	       strncmp(base, "._", 2) == 0 || strcmp(base, ".DS_Store") == 0;
}

/* As members_next, and 2 for a member to be passed over. */
static int
judge(struct members *m, struct archive_entry *entry)
{
	if (m->shown.len > MEMBERS_NAME) {
		buf_clear(&m->shown);
		say(m, MSG_ERROR, "bad-archive",
		    "the name of a member is longer than 1024 bytes");
		return -1;
	}
	if (archive_entry_filetype(entry) == AE_IFDIR)
		return 2;
	if (archive_entry_hardlink(entry) != NULL ||
	    archive_entry_filetype(entry) != AE_IFREG ||
	    is_macintosh(buf_text(&m->shown))) {
		if (m->skipped++ == 0)
			buf_puts(&m->first, buf_text(&m->shown));
		return 2;
	}
	if (archive_entry_is_data_encrypted(entry)) {
		say(m, MSG_ERROR, "encrypted",
		    "the member has a password: unpack the archive with it "
		    "and give the files");
		return -1;
	}
	return 1;
}

int
members_next(struct members *m, const char **name)
{
	struct archive_entry *entry;
	int verdict = m->shut ? -1 : 2;

	m->shut = 0;
	while (verdict == 2 && !m->over) {
		int got = archive_read_next_header(m->archive, &entry);

		m->listed = 1;
		buf_clear(&m->shown);
		if (got == ARCHIVE_EOF) {
			verdict = end(m);
		} else if (got < ARCHIVE_WARN) {
			give_up(m);
			verdict = -1;
		} else if (m->entries++ == m->most) {
			say_too_many(m);
			m->over = 1;
			verdict = -1;
		} else {
			show_name(m, entry);
			verdict = judge(m, entry);
		}
	}
	*name = buf_text(&m->shown);
	return verdict == 2 ? 0 : verdict;
}

/* A member packed by a method that libarchive does not know is none of the
 * damages. */
static void
say_unread(struct members *m)
{
	const char *why = archive_error_string(m->archive);
	struct buf text = { 0 };

	if (why == NULL || strncmp(why, "Unsupported", 11) != 0) {
		say_damaged(m, why);
		return;
	}
	buf_printf(&text,
	    "the member cannot be unpacked here: %s; unpack the archive and "
	    "give the files",
	    why);
	say(m, MSG_ERROR, "unsupported-member", buf_text(&text));
	buf_free(&text);
}

long
members_read(void *of, void *to, size_t len)
{
	struct members *m = of;
	long n = (long)archive_read_data(m->archive, to, len);

	if (n >= 0)
		return n;
	say_unread(m);
	if (n == ARCHIVE_FATAL)
		m->over = 1;
	return -1;
}

uint64_t
members_raw_bytes(const struct members *m)
{
	return m->from != NULL ? unpack_raw_bytes(m->from) : m->raw;
}

void
members_close(struct members *m)
{
	if (m == NULL)
		return;
	archive_read_free(m->archive);
	buf_free(&m->first);
	buf_free(&m->shown);
	free(m);
}
