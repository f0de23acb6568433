/* pack.c - pack FORMAT OPTIONS FILE...: an archive of these, to stdout.
 *
 * FORMAT and OPTIONS are libarchive's: zip, ustar; zip:compression=store.  With
 * zip:encryption=zipcrypt the password is "secret".  Links stay links. */

#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void
fail(const char *what)
{
	perror(what);
	exit(2);
}

static struct archive_entry *
entry_of(const char *path, const struct stat *st)
{
	struct archive_entry *e = archive_entry_new();
	char target[4096];
	ssize_t len;

	if (e == NULL)
		fail("archive_entry_new");
	archive_entry_set_pathname(e, path);
	archive_entry_set_filetype(e, st->st_mode & S_IFMT);
	archive_entry_set_perm(e, 0644);
	archive_entry_set_mtime(e, 1735689600, 0);
	if (S_ISREG(st->st_mode))
		archive_entry_set_size(e, st->st_size);
	if (!S_ISLNK(st->st_mode))
		return e;
	if ((len = readlink(path, target, sizeof target - 1)) < 0)
		fail(path);
	target[len] = '\0';
	archive_entry_set_symlink(e, target);
	return e;
}

static void
pack(struct archive *a, const char *path)
{
	static char some[65536];
	struct archive_entry *e;
	struct stat st;
	FILE *f = NULL;
	size_t n;

	if (lstat(path, &st) != 0)
		fail(path);
	e = entry_of(path, &st);
	if (archive_write_header(a, e) != ARCHIVE_OK)
		fail(archive_error_string(a));
	archive_entry_free(e);
	if (!S_ISREG(st.st_mode))
		return;
	if ((f = fopen(path, "rb")) == NULL)
		fail(path);
	while ((n = fread(some, 1, sizeof some, f)) > 0)
		if (archive_write_data(a, some, n) != (la_ssize_t)n)
			fail(archive_error_string(a));
	fclose(f);
}

int
main(int argc, char *argv[])
{
	struct archive *a = archive_write_new();

	if (argc < 3 || a == NULL ||
	    archive_write_set_format_by_name(a, argv[1]) != ARCHIVE_OK ||
	    archive_write_set_options(a, argv[2]) != ARCHIVE_OK ||
	    archive_write_set_bytes_in_last_block(a, 1) != ARCHIVE_OK ||
	    archive_write_set_passphrase(a, "secret") != ARCHIVE_OK ||
	    archive_write_open_fd(a, STDOUT_FILENO) != ARCHIVE_OK) {
		fprintf(stderr, "usage: pack FORMAT OPTIONS FILE...\n");
		return 2;
	}
	for (int i = 3; i < argc; i++)
		pack(a, argv[i]);
	if (archive_write_close(a) != ARCHIVE_OK)
		fail(archive_error_string(a));
	archive_write_free(a);
	return 0;
}
