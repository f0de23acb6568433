/* targets.c - far ends by name, from a file. */

#include "config.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/rate.h"
#include "base/xalloc.h"
#include "upload/targets.h"
#include "json/json_read.h"

#define FILE_MAX ((size_t)1 << 20)

/* What may stand in a target, and where it goes. */
enum kind { TEXT, PATH };

static const struct {
	const char *key;
	enum kind kind;
	size_t at;
} members[] = {
	{ "base", TEXT, offsetof(struct targets_entry, base) },
	{ "identityBase", TEXT, offsetof(struct targets_entry, identity) },
	{ "clientId", TEXT, offsetof(struct targets_entry, client) },
	{ "clientSecretFile", PATH,
	    offsetof(struct targets_entry, secret_file) },
	{ "cacert", PATH, offsetof(struct targets_entry, cacert) },
	{ "ledger", PATH, offsetof(struct targets_entry, ledger) },
	{ "rate", TEXT, offsetof(struct targets_entry, rate) },
};

/* The user's own file, or NULL.  The caller frees. */
static char *
own_file(void)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	struct buf path = { 0 };

	if (config != NULL && *config == '/')
		buf_puts(&path, config);
	else if (home != NULL && *home == '/')
		buf_printf(&path, "%s/.config", home);
	else
		return NULL;
	buf_puts(&path, "/ditio/targets.json");
	return path.data;
}

static int
complain(const char *path, const struct json *j, const char *what)
{
	msg_warn("%s:%llu:%llu: %s", path, (unsigned long long)j->line,
	    (unsigned long long)j->column, what);
	return -1;
}

/* The file ${name} as the file ${path} means it.  The caller frees. */
static char *
beside(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');
	struct buf to = { 0 };

	if (*name != '/' && slash != NULL)
		buf_put(&to, path, (size_t)(slash - path) + 1);
	buf_puts(&to, name);
	return to.data;
}

/* Take one member of a target. */
static int
take_member(const char *path, const struct json *m, struct targets_entry *entry)
{
	const char *text = json_string(m);
	size_t i = 0;
	struct rate rate;
	char **to;

	if (strcmp(m->key, "clientSecret") == 0)
		return complain(path, m,
		    "a secret does not stand here; put it into a file that "
		    "only you can read, and name that: clientSecretFile");
	while (i < sizeof members / sizeof *members &&
	       strcmp(m->key, members[i].key) != 0)
		i++;
	if (i == sizeof members / sizeof *members)
		return complain(path, m,
		    "a target has base, identityBase, clientId, "
		    "clientSecretFile, cacert, ledger and rate, and nothing "
		    "else");
	if (text == NULL || *text == '\0' || strlen(text) != m->len)
		return complain(path, m, "a text is wanted here");
	if (strcmp(m->key, "rate") == 0 && rate_read(&rate, text) != 0)
		return complain(path, m, "a rate is N/s, N/min or N/h");
	to = (char **)(void *)((char *)entry + members[i].at);
	*to = members[i].kind == PATH ? beside(path, text) : xstrdup(text);
	return 0;
}

/* Hold target ${t} to the rules, and take it into ${entry}. */
static int
take(const char *path, const struct json *t, struct targets_entry *entry)
{
	if (t->type != JSON_OBJECT)
		return complain(path, t, "a target is an object");
	for (const struct json *m = t->child; m != NULL; m = m->next)
		if (take_member(path, m, entry) != 0)
			return -1;
	return 0;
}

static int
search(const char *path, const struct json *top, const char *name,
    struct targets_entry *entry)
{
	const struct json *all = json_get(top, "targets");
	int found = 0;

	if (top->type != JSON_OBJECT || top->count != 1 || all == NULL ||
	    all->type != JSON_OBJECT)
		return complain(path, top,
		    "wanted is {\"targets\": {\"test\": {\"base\": ...}}}");
	for (const struct json *t = all->child; t != NULL; t = t->next) {
		struct targets_entry one = { 0 };

		if (take(path, t, &one) != 0) {
			targets_free(&one);
			return -1;
		}
		if (strcmp(t->key, name) == 0) {
			*entry = one;
			found = 1;
		} else {
			targets_free(&one);
		}
	}
	return found;
}

int
targets_find(
    const char *given, const char *name, int knows, struct targets_entry *entry)
{
	char *path = given != NULL ? xstrdup(given) : own_file();
	struct json *top = NULL;
	int found = 1;

	if (path == NULL || (given == NULL && access(path, F_OK) != 0))
		goto done;
	top = json_read_file(path, FILE_MAX, JSON_READ_COMMENTS);
	found = top != NULL ? search(path, top, name, entry) : -1;
	if (found == 0 && !knows)
		msg_warn("%s: no target %s in it; name one of its own, or say "
			 "where that is with --base",
		    path, name);
	if (found == 0 && knows)
		found = 1;
	if (found <= 0)
		targets_free(entry);
done:
	json_free(top);
	free(path);
	return found > 0 ? 0 : -1;
}

void
targets_free(struct targets_entry *e)
{
	if (e == NULL)
		return;
	free(e->base);
	free(e->identity);
	free(e->client);
	free(e->secret_file);
	free(e->cacert);
	free(e->ledger);
	free(e->rate);
	*e = (struct targets_entry){ 0 };
}
