/* outdir.c - batches as files, whole or not at all, and their manifest. */

#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/aside.h"
#include "base/instant.h"
#include "base/intern.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "split/outdir.h"
#include "json/json_write.h"

/* Where files lie until all are there, within the directory. */
#define PARTIAL ".partial-"

/* What an envelope without its body ends with. */
#define META_END "}\n"

struct outdir {
	char *path;
	char *working; /* where files lie until all are there */
	int lock;      /* on that, as long as we live */
	const struct names *names;
	const struct order *order;
	struct intern *files; /* names of all files made */
	struct json_write *manifest;
	struct digest *digest;
	struct buf text;
};

static char *
join(const char *dir, const char *name)
{
	struct buf b = { 0 };

	buf_printf(&b, "%s/%s", dir, name);
	return b.data;
}

/* The next file in ${dir}; NULL at the end. */
static const char *
next_file(DIR *dir)
{
	const struct dirent *e;

	while ((e = readdir(dir)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			return e->d_name;
	return NULL;
}

/* Remove the files in ${dir}, which is ${path}, and it. */
static void
remove_all(const char *path, DIR *dir)
{
	const char *name;

	rewinddir(dir);
	while ((name = next_file(dir)) != NULL)
		if (unlinkat(dirfd(dir), name, 0) != 0)
			return;
	(void)rmdir(path);
}

/*
 * What runs left behind that were killed.  Who lives has a lock on its own, and
 * had it before its first file.
 */
static void
sweep(const char *path)
{
	DIR *dir = opendir(path), *old;
	const struct dirent *e;

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		char *name;

		if (strncmp(e->d_name, PARTIAL, strlen(PARTIAL)) != 0)
			continue;
		name = join(path, e->d_name);
		if ((old = opendir(name)) != NULL) {
			if (flock(dirfd(old), LOCK_EX | LOCK_NB) == 0 &&
			    next_file(old) != NULL)
				remove_all(name, old);
			closedir(old);
		}
		free(name);
	}
	if (dir != NULL)
		closedir(dir);
}

struct outdir *
outdir_open(
    const char *path, const struct names *names, const struct order *order)
{
	struct outdir *d;
	char *working;

	if (aside_make_dir(path, 0777) != 0)
		return NULL;
	working = join(path, PARTIAL "XXXXXX");
	if (mkdtemp(working) == NULL) {
		msg_warn_errno("%s", path);
		free(working);
		return NULL;
	}
	d = xcalloc(1, sizeof *d);
	d->path = xstrdup(path);
	d->working = working;
	d->lock = open(working, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (d->lock >= 0)
		(void)flock(d->lock, LOCK_EX | LOCK_NB);
	sweep(path);
	d->names = names;
	d->order = order;
	d->files = intern_new();
	d->digest = digest_new();
	d->manifest = json_write_new(1);
	json_write_object(d->manifest);
	json_write_key(d->manifest, "ditioManifest");
	json_write_uint(d->manifest, 1);
	json_write_key(d->manifest, "tool");
	buf_printf(&d->text, "%s %s", msg_tool(), PACKAGE_VERSION);
	json_write_text(d->manifest, d->text.data);
	json_write_key(d->manifest, "order");
	json_write_text(d->manifest, order_word(order));
	json_write_key(d->manifest, "batches");
	json_write_array(d->manifest);
	return d;
}

static int
write_file(struct outdir *d, const char *name, const char *bytes, size_t len,
    const char *more)
{
	struct aside *a = aside_open(d->working, name);

	if (a == NULL)
		return -1;
	aside_put(a, bytes, len);
	aside_put(a, more, strlen(more));
	intern_id(d->files, name, strlen(name));
	return aside_commit(a);
}

static void
part(struct outdir *d, const char *key, uint32_t owner, enum names_part which)
{
	buf_clear(&d->text);
	names_put_part(d->names, owner, which, &d->text);
	if (key != NULL)
		json_write_key(d->manifest, key);
	json_write_string(d->manifest, buf_text(&d->text), d->text.len);
}

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* The batch's machines, each once. */
static void
write_machines(struct outdir *d, const struct batch *b)
{
	uint32_t *owner = xreallocarray(NULL, b->count, sizeof *owner);

	for (size_t i = 0; i < b->count; i++)
		owner[i] = b->record[i].owner;
	qsort(owner, b->count, sizeof *owner, by_number);
	json_write_key(d->manifest, "machines");
	json_write_array(d->manifest);
	for (size_t i = 0; i < b->count; i++)
		if (i == 0 || owner[i] != owner[i - 1])
			part(d, NULL, owner[i], NAMES_MACHINE);
	json_write_end(d->manifest);
	free(owner);
}

static void
write_entry(
    struct outdir *d, const struct batch *b, const char *file, const char *meta)
{
	char time[INSTANT_TEXT], digest[DIGEST_TEXT];

	json_write_object(d->manifest);
	json_write_member(d->manifest, "id", b->id);
	json_write_member(d->manifest, "file", file);
	json_write_member(d->manifest, "meta", meta);
	digest_put(d->digest, b->head.data, b->head.len);
	digest_put(d->digest, META_END, strlen(META_END));
	digest_take(d->digest, digest);
	json_write_member(d->manifest, "metaSha256", digest);
	json_write_member_uint(d->manifest, "records", b->count);
	json_write_member_uint(d->manifest, "bytes", b->body_len);
	part(d, "companyId", b->record[0].owner, NAMES_COMPANY);
	part(d, "projectId", b->record[0].owner, NAMES_PROJECT);
	write_machines(d, b);
	json_write_member(
	    d->manifest, "firstStart", instant_text(time, b->first_start));
	json_write_member(
	    d->manifest, "lastEnd", instant_text(time, b->last_end));
	json_write_key(d->manifest, "tied");
	json_write_bool(d->manifest, b->is_tied);
	json_write_end(d->manifest);
}

int
outdir_put(void *outdir, const struct batch *batch)
{
	struct outdir *d = outdir;
	char file[DIGEST_TEXT + 16], meta[DIGEST_TEXT + 16];

	snprintf(file, sizeof file, "%s.json", batch->id);
	snprintf(meta, sizeof meta, "%s.meta.json", batch->id);
	if (intern_find(d->files, file, strlen(file)) != INTERN_NONE) {
		msg_warn("batch %.12s: its records come twice, and a file has "
			 "one name: run ditio-validate first",
		    batch->id);
		return -1;
	}
	write_entry(d, batch, file, meta);
	if (write_file(d, file, batch->body, batch->body_len, "") != 0)
		return -1;
	return write_file(d, meta, batch->head.data, batch->head.len, META_END);
}

/* Batches of another run would be taken for ours. */
static int
holds_others(struct outdir *d)
{
	DIR *dir = opendir(d->path);
	const struct dirent *e;
	int others = 0;

	if (dir == NULL) {
		msg_warn_errno("%s", d->path);
		return 1;
	}
	while (!others && (e = readdir(dir)) != NULL) {
		size_t n = strlen(e->d_name);

		if (n < 5 || strcmp(e->d_name + n - 5, ".json") != 0 ||
		    e->d_name[0] == '.' ||
		    intern_find(d->files, e->d_name, n) != INTERN_NONE)
			continue;
		msg_warn("%s: holds %s of another run; give an empty directory",
		    d->path, e->d_name);
		others = 1;
	}
	closedir(dir);
	return others;
}

/* What the file of number ${i} is called while it is made, and then. */
static void
paths_of(const struct outdir *d, uint32_t i, char **from, char **to)
{
	size_t len;
	const char *name = intern_text(d->files, i, &len);

	*from = join(d->working, name);
	*to = join(d->path, name);
}

/* A name that is taken by other bytes, before any is given. */
static int
is_taken(const struct outdir *d)
{
	int taken = 0;

	for (uint32_t i = 0; !taken && i < intern_count(d->files); i++) {
		char *from, *to;

		paths_of(d, i, &from, &to);
		taken = access(to, F_OK) == 0 && !aside_same(from, to);
		if (taken)
			msg_warn("%s: is there already, with other content; "
				 "give an empty directory",
			    to);
		free(from);
		free(to);
	}
	return taken;
}

/* Give the files from ${first} on, and before ${end}, their names.  link
 * refuses one that is taken, which is_taken has found to be the same. */
static int
name_files(const struct outdir *d, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++) {
		char *from, *to;
		int failed;

		paths_of(d, i, &from, &to);
		failed = link(from, to) != 0 && errno != EEXIST;
		if (failed)
			msg_warn_errno("%s", to);
		free(from);
		free(to);
		if (failed)
			return -1;
	}
	return aside_sync_dir(d->path);
}

void
outdir_seal(const char *text, size_t len, struct buf *to)
{
	char digest[DIGEST_TEXT];

	digest_of(text, len, digest);
	buf_printf(to, ",\n  \"sha256\": \"%s\"\n}\n", digest);
}

/* The vendor's files, where the stream tells them. */
static void
write_origins(struct outdir *d, const struct origins *o)
{
	if (o == NULL || origins_count(o) == 0)
		return;
	json_write_key(d->manifest, "files");
	json_write_array(d->manifest);
	for (size_t i = 0; i < origins_count(o); i++) {
		const struct origin *file = origins_at(o, i);

		json_write_object(d->manifest);
		json_write_member(d->manifest, "name", file->name);
		json_write_member_uint(d->manifest, "bytes", file->bytes);
		json_write_member(d->manifest, "sha256", file->sha256);
		json_write_end(d->manifest);
	}
	json_write_end(d->manifest);
}

int
outdir_commit(struct outdir *d, const struct frame *frame, uint64_t bytes)
{
	uint32_t files = intern_count(d->files);
	const char *text;
	size_t len;
	int failed;

	json_write_end(d->manifest);
	write_origins(d, frame->origins);
	json_write_member_uint(d->manifest, "records", frame->records);
	json_write_member_uint(d->manifest, "bytes", bytes);
	json_write_member(
	    d->manifest, "verdict", frame->findings ? "findings" : "ok");
	json_write_key(d->manifest, "unframed");
	json_write_bool(d->manifest, frame->unframed);
	json_write_end(d->manifest);
	text = json_write_take(d->manifest, &len);
	/* The seal takes the place of the last bracket. */
	len -= strlen("\n}");
	buf_clear(&d->text);
	outdir_seal(text, len, &d->text);
	failed = write_file(d, OUTDIR_MANIFEST, text, len, buf_text(&d->text));
	if (failed || holds_others(d) || is_taken(d))
		return -1;
	/* Who finds the manifest finds all that it names. */
	return name_files(d, 0, files) != 0 ? -1
					    : name_files(d, files, files + 1);
}

void
outdir_close(struct outdir *d)
{
	if (d == NULL)
		return;
	for (uint32_t i = 0; i < intern_count(d->files); i++) {
		size_t len;
		char *path = join(d->working, intern_text(d->files, i, &len));

		unlink(path);
		free(path);
	}
	rmdir(d->working);
	if (d->lock >= 0)
		close(d->lock);
	free(d->working);
	free(d->path);
	intern_free(d->files);
	json_write_free(d->manifest);
	digest_free(d->digest);
	buf_free(&d->text);
	free(d);
}
