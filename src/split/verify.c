/* verify.c - a directory of batches held to its manifest. */

#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/intern.h"
#include "base/msg.h"
#include "base/number.h"
#include "record/problem.h"
#include "split/outdir.h"
#include "split/verify.h"
#include "json/json.h"
#include "json/json_read.h"

#define ROOM 65536

/* At work on a directory. */
struct work {
	const char *dir;
	struct verify *found;
	struct intern *known; /* files the manifest names */
	struct buf path;      /* of the file in hand */
	struct problem problem;
};

static void
tell(struct work *w, const char *code, const char *text)
{
	problem_set(
	    &w->problem, code, SEVERITY_ERROR, buf_text(&w->path), 0, 0);
	buf_puts(&w->problem.text, text);
	problem_print(&w->problem);
	w->found->faults++;
}

static void
set_path(struct work *w, const char *name)
{
	buf_clear(&w->path);
	buf_printf(&w->path, "%s/%s", w->dir, name);
}

/*
 * Read the file in hand: its digest, its length, and its bytes if ${text} is
 * not NULL.  -1 when it cannot be read, which errno tells.
 */
static int
read_whole(
    struct work *w, char digest[DIGEST_TEXT], uint64_t *len, struct buf *text)
{
	FILE *f = fopen(buf_text(&w->path), "re");
	struct digest *d;
	char bytes[ROOM];
	size_t n;
	int failed;

	if (f == NULL)
		return -1;
	d = digest_new();
	*len = 0;
	while ((n = fread(bytes, 1, sizeof bytes, f)) > 0) {
		digest_put(d, bytes, n);
		*len += n;
		if (text != NULL)
			buf_put(text, bytes, n);
	}
	failed = ferror(f);
	digest_take(d, digest);
	digest_free(d);
	fclose(f);
	return failed ? -1 : 0;
}

/* The file ${name} must have the digest ${want}.  Its length, or 0. */
static uint64_t
hold_file(struct work *w, const char *name, const char *want)
{
	char digest[DIGEST_TEXT];
	uint64_t len;

	set_path(w, name);
	if (read_whole(w, digest, &len, NULL) != 0) {
		if (errno == ENOENT) {
			tell(w, "missing-file",
			    "the manifest names it, and it "
			    "is not there");
		} else {
			msg_warn_errno("%s", buf_text(&w->path));
			w->found->faults++;
		}
		return 0;
	}
	if (strcmp(digest, want) == 0)
		return len;
	tell(w, "changed-file",
	    "its bytes are not those that were written: split the records "
	    "again");
	return 0;
}

/* A name that ends where ${end} says, and leads nowhere. */
static int
is_name(const char *s, const char *end)
{
	size_t n = strlen(end);

	return s != NULL && strchr(s, '/') == NULL && strlen(s) > n &&
	       strcmp(s + strlen(s) - n, end) == 0;
}

static uint64_t
whole(const struct json *j)
{
	uint64_t n = 0;

	if (j != NULL && j->type == JSON_NUMBER)
		(void)number_whole(j->text, j->len, UINT64_MAX, &n);
	return n;
}

static void
hold_entry(struct work *w, const struct json *b)
{
	const char *id = json_string(json_get(b, "id"));
	const char *file = json_string(json_get(b, "file"));
	const char *meta = json_string(json_get(b, "meta"));
	const char *digest = json_string(json_get(b, "metaSha256"));
	uint64_t before = w->found->faults, len;

	if (id == NULL || digest == NULL || !is_name(file, ".json") ||
	    !is_name(meta, ".meta.json")) {
		set_path(w, OUTDIR_MANIFEST);
		tell(w, "changed-file", "it names a batch without its files");
		return;
	}
	intern_id(w->known, file, strlen(file));
	intern_id(w->known, meta, strlen(meta));
	len = hold_file(w, file, id);
	(void)hold_file(w, meta, digest);
	if (w->found->faults > before)
		return;
	w->found->batches++;
	w->found->records += whole(json_get(b, "records"));
	w->found->bytes += len;
}

/* Files of other runs.  0, or -1 after a message. */
static int
find_strays(struct work *w)
{
	DIR *dir = opendir(w->dir);
	const struct dirent *e;

	if (dir == NULL) {
		msg_warn_errno("%s", w->dir);
		return -1;
	}
	while ((e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.' || !is_name(e->d_name, ".json") ||
		    intern_find(w->known, e->d_name, strlen(e->d_name)) !=
			INTERN_NONE)
			continue;
		set_path(w, e->d_name);
		tell(w, "stray-file", "the manifest does not name it");
	}
	closedir(dir);
	return 0;
}

/* The manifest in hand tells its own digest, last. */
static int
tells_itself(const struct buf *text)
{
	struct buf end = { 0 };
	int is_same;

	if (text->len <= OUTDIR_SEAL)
		return 0;
	outdir_seal(text->data, text->len - OUTDIR_SEAL, &end);
	is_same = memcmp(end.data, text->data + text->len - OUTDIR_SEAL,
		      OUTDIR_SEAL) == 0;
	buf_free(&end);
	return is_same;
}

/* Hold what ${top} lists.  0, or -1 after a message. */
static int
hold_all(struct work *w, const struct json *top)
{
	const struct json *list = json_get(top, "batches");

	if (list == NULL || list->type != JSON_ARRAY) {
		msg_warn("%s: not a manifest", buf_text(&w->path));
		return -1;
	}
	for (const struct json *b = list->child; b != NULL; b = b->next)
		hold_entry(w, b);
	return find_strays(w);
}

int
verify(const char *dir, struct verify *found)
{
	struct work w = { .dir = dir, .found = found };
	struct json_read_error error;
	char digest[DIGEST_TEXT];
	struct buf text = { 0 };
	struct json *top = NULL;
	int failed = -1;
	uint64_t len;

	*found = (struct verify){ 0 };
	w.known = intern_new();
	intern_id(w.known, OUTDIR_MANIFEST, strlen(OUTDIR_MANIFEST));
	set_path(&w, OUTDIR_MANIFEST);
	if (read_whole(&w, digest, &len, &text) != 0) {
		msg_warn_errno("%s", buf_text(&w.path));
		goto done;
	}
	if (!tells_itself(&text))
		tell(&w, "changed-file",
		    "the manifest is not what was written: split the records "
		    "again");
	top = json_read(buf_text(&text), text.len, JSON_READ_STRICT, &error);
	if (top == NULL) {
		msg_warn("%s:%" PRIu64 ":%" PRIu64 ": %s", buf_text(&w.path),
		    error.line, error.column, error.text);
		goto done;
	}
	failed = hold_all(&w, top);
done:
	json_free(top);
	buf_free(&text);
	buf_free(&w.path);
	problem_free(&w.problem);
	intern_free(w.known);
	return failed;
}
