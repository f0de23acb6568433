/* careful.c - one stream line read by yajl: the authority on the grammar. */

#include "config.h"

#include <string.h>

#include "base/instant.h"
#include "record/careful.h"
#include "record/source.h"
#include "json/json_read.h"

enum key {
	COMPANY,
	PROJECT,
	MACHINE,
	START,
	END,
	STATE,
	SOURCE,
	BASIS,
	VENDOR,
	KEYS
};

static const char *const keys[KEYS] = {
	[COMPANY] = "companyId",
	[PROJECT] = "projectId",
	[MACHINE] = "machineId",
	[START] = "startTime",
	[END] = "endTime",
	[STATE] = "state",
	[SOURCE] = "source",
	[BASIS] = "basis",
	[VENDOR] = "vendorId",
};

static int
refuse(struct problem *p, const char *code, uint64_t column)
{
	problem_set(p, code, SEVERITY_ERROR, NULL, 0, column);
	return -1;
}

static enum key
key_of(const struct json *j)
{
	enum key k = COMPANY;

	while (k < KEYS && (strlen(keys[k]) != j->key_len ||
			       memcmp(keys[k], j->key, j->key_len) != 0))
		k++;
	return k;
}

/* Find each member, and nothing else. */
static int
members(const struct json *j, const struct json *value[KEYS], struct problem *p)
{
	for (const struct json *m = j->child; m != NULL; m = m->next) {
		enum key k = key_of(m);

		if (k == KEYS) {
			refuse(p, "unknown-key", m->column);
			buf_printf(&p->text,
			    "a record has no \"%.80s\"; take it out", m->key);
			return -1;
		}
		if (m->type != JSON_STRING) {
			refuse(p, "bad-type", m->column);
			buf_printf(&p->text, "\"%s\" must be text, not %s",
			    keys[k], json_type_word(m->type));
			return -1;
		}
		if (memchr(m->text, '\0', m->len) != NULL) {
			refuse(p, "bad-escape", m->column);
			buf_printf(
			    &p->text, "\"%s\" must not hold a NUL", keys[k]);
			return -1;
		}
		value[k] = m;
	}
	for (enum key k = COMPANY; k < SOURCE; k++) {
		if (value[k] == NULL) {
			refuse(p, "missing-key", 0);
			buf_printf(&p->text, "a record needs \"%s\"", keys[k]);
			return -1;
		}
		if (value[k]->len == 0 && k != START && k != END) {
			refuse(p, "empty-id", value[k]->column);
			buf_printf(
			    &p->text, "\"%s\" must not be empty", keys[k]);
			return -1;
		}
	}
	return 0;
}

static int
instant(const struct json *j, int64_t *seconds, struct problem *p)
{
	if (j->len == INSTANT_TEXT - 1 &&
	    instant_read_utc(j->text, seconds) == 0)
		return 0;
	refuse(p, "bad-time", j->column);
	buf_printf(&p->text,
	    "\"%.60s\" is no time of the form 2025-01-15T08:00:00Z (UTC, whole "
	    "seconds)",
	    j->text);
	return -1;
}

static int
basis(const struct json *j, struct record *r, struct problem *p)
{
	r->basis = RECORD_STATED;
	if (j == NULL)
		return 0;
	if (json_is(j, "derived")) {
		r->basis = RECORD_DERIVED;
	} else if (json_is(j, "estimated")) {
		r->basis = RECORD_ESTIMATED;
	} else {
		refuse(p, "bad-type", j->column);
		buf_puts(&p->text,
		    "\"basis\" must be \"derived\" or \"estimated\"; leave it "
		    "out where the vendor states the period");
		return -1;
	}
	return 0;
}

static void
source(struct names *n, const struct json *j, struct record *r)
{
	r->file = NAMES_NONE;
	r->line = 0;
	if (j != NULL)
		r->file = names_file(
		    n, j->text, source_split(j->text, j->len, &r->line));
}

static int
vendor(
    struct names *n, const struct json *j, struct record *r, struct problem *p)
{
	r->vendor = 0;
	if (j == NULL)
		return 0;
	if (j->len == 0) {
		refuse(p, "empty-id", j->column);
		buf_puts(&p->text,
		    "\"vendorId\" must not be empty; leave it out where it is "
		    "the machineId");
		return -1;
	}
	r->vendor = names_vendor(n, r->owner, j->text, j->len);
	return 0;
}

int
careful_object(
    struct names *n, const struct json *j, struct record *r, struct problem *p)
{
	const struct json *v[KEYS] = { NULL };

	if (j->type != JSON_OBJECT) {
		refuse(p, "bad-type", j->column);
		buf_printf(&p->text, "a record must be an object, not %s",
		    json_type_word(j->type));
		return -1;
	}
	if (members(j, v, p) != 0 || instant(v[START], &r->start, p) != 0 ||
	    instant(v[END], &r->end, p) != 0 || basis(v[BASIS], r, p) != 0)
		return -1;
	r->owner =
	    names_owner(n, v[COMPANY]->text, v[COMPANY]->len, v[PROJECT]->text,
		v[PROJECT]->len, v[MACHINE]->text, v[MACHINE]->len);
	r->state = names_state(n, v[STATE]->text, v[STATE]->len);
	r->flags = 0;
	source(n, v[SOURCE], r);
	return vendor(n, v[VENDOR], r, p);
}

int
careful_read(struct names *n, const char *line, size_t len, struct record *r,
    struct problem *p)
{
	struct json_read_error error;
	struct json *j = json_read(line, len, JSON_READ_STRICT, &error);
	int failed;

	if (j == NULL) {
		refuse(p, error.code, error.column);
		buf_puts(&p->text, error.text);
		return -1;
	}
	failed = careful_object(n, j, r, p);
	json_free(j);
	return failed;
}
