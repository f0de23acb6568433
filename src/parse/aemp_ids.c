/* aemp_ids.c - which equipment headers of a feed are one machine. */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/intern.h"
#include "base/xalloc.h"
#include "parse/aemp_ids.h"

#define NONE UINT32_MAX

struct header {
	uint32_t part[AEMP_IDS_PARTS]; /* of texts, or NONE */
	uint32_t file;
	uint64_t line;
	uint32_t group;	  /* another header of the same machine, or itself */
	uint32_t machine; /* of the evidence, once resolved */
};

struct aemp_ids {
	struct intern *texts;
	struct intern *tuples; /* all parts of a header */
	struct header *header; /* by number of its tuple */
	uint32_t room;
	struct buf file; /* of a finding, as plain text */
};

struct aemp_ids *
aemp_ids_new(void)
{
	struct aemp_ids *ids = xcalloc(1, sizeof *ids);

	ids->texts = intern_new();
	ids->tuples = intern_new();
	return ids;
}

static uint32_t
text(struct aemp_ids *ids, const char *s)
{
	if (s == NULL || s[0] == '\0' || strcasecmp(s, "missing") == 0 ||
	    strcasecmp(s, "N/A") == 0)
		return NONE;
	return intern_id(ids->texts, s, strlen(s));
}

uint32_t
aemp_ids_header(struct aemp_ids *ids, const char *const part[AEMP_IDS_PARTS],
    uint32_t file, uint64_t line)
{
	uint32_t tuple[AEMP_IDS_PARTS], id;

	for (int i = 0; i < AEMP_IDS_PARTS; i++)
		tuple[i] = text(ids, part[i]);
	id = intern_id(ids->tuples, (const char *)tuple, sizeof tuple);
	if (id >= ids->room) {
		ids->room = ids->room > 0 ? ids->room * 2 : 64;
		ids->header =
		    xreallocarray(ids->header, ids->room, sizeof *ids->header);
	} else if (id + 1 < intern_count(ids->tuples)) {
		return id;
	}
	if (id + 1 == intern_count(ids->tuples)) {
		struct header *h = &ids->header[id];

		memcpy(h->part, tuple, sizeof tuple);
		h->file = file;
		h->line = line;
		h->group = id;
		h->machine = NONE;
	}
	return id;
}

/* The header that stands for its machine. */
static uint32_t
group_of(struct aemp_ids *ids, uint32_t id)
{
	while (ids->header[id].group != id) {
		ids->header[id].group =
		    ids->header[ids->header[id].group].group;
		id = ids->header[id].group;
	}
	return id;
}

static void
join(struct aemp_ids *ids, uint32_t a, uint32_t b)
{
	a = group_of(ids, a);
	b = group_of(ids, b);
	if (a < b)
		ids->header[b].group = a;
	else
		ids->header[a].group = b;
}

/* Join headers that share ${part}, with the same make where it is asked. */
static void
join_by(struct aemp_ids *ids, enum aemp_ids_part part, int with_make)
{
	struct intern *keys = intern_new();
	uint32_t n = intern_count(ids->tuples), count = 0, room = 0, id;
	uint32_t *first = NULL;

	for (uint32_t i = 0; i < n; i++) {
		const struct header *h = &ids->header[i];
		uint32_t key[2] = { h->part[part],
			with_make ? h->part[AEMP_IDS_MAKE] : 0 };

		if (h->part[part] == NONE)
			continue;
		id = intern_id(keys, (const char *)key, sizeof key);
		if (id < count) {
			join(ids, first[id], i);
			continue;
		}
		if (count == room) {
			room = room > 0 ? room * 2 : 64;
			first = xreallocarray(first, room, sizeof *first);
		}
		first[count++] = i;
	}
	free(first);
	intern_free(keys);
}

static int
differ(const struct header *a, const struct header *b, enum aemp_ids_part part)
{
	return a->part[part] != NONE && b->part[part] != NONE &&
	       a->part[part] != b->part[part];
}

static struct buf *
finding(struct aemp_ids *ids, struct problem *p, struct names *names,
    const char *code, enum severity severity, const struct header *h)
{
	buf_clear(&ids->file);
	names_put_file(names, h->file, &ids->file);
	problem_set(p, code, severity, buf_text(&ids->file), h->line, 0);
	return &p->text;
}

/* Headers of one EquipmentID: the first, and the first that has a PIN and a
 * serial; NONE where there is none. */
struct equipment {
	uint32_t first, pin, serial;
	int is_doubtful; /* it was given to two machines */
};

/* Take in ${i}.  The header that says it is another machine, or NONE. */
static uint32_t
contradicts(struct aemp_ids *ids, struct equipment *e, uint32_t i)
{
	const struct header *h = &ids->header[i];
	uint32_t pin = e->pin, serial = e->serial;

	if (e->first == NONE)
		e->first = i;
	if (pin == NONE && h->part[AEMP_IDS_PIN] != NONE)
		e->pin = i;
	if (serial == NONE && h->part[AEMP_IDS_SERIAL] != NONE)
		e->serial = i;
	if (pin != NONE && differ(h, &ids->header[pin], AEMP_IDS_PIN) &&
	    group_of(ids, i) != group_of(ids, pin))
		return pin;
	if (serial != NONE &&
	    differ(h, &ids->header[serial], AEMP_IDS_SERIAL) &&
	    group_of(ids, i) != group_of(ids, serial))
		return serial;
	return NONE;
}

/*
 * Headers with one EquipmentID are one machine, unless some PINs or serials
 * say that they are not: then somebody gave two machines one id, and it joins
 * none, so that the order of the headers does not matter.
 */
static void
join_equipment(struct aemp_ids *ids, struct names *names, struct reject *reject,
    struct problem *p)
{
	uint32_t texts = intern_count(ids->texts);
	uint32_t n = intern_count(ids->tuples);
	struct equipment *equipment =
	    xreallocarray(NULL, texts, sizeof *equipment);
	size_t len;

	for (uint32_t i = 0; i < texts; i++)
		equipment[i] = (struct equipment){ NONE, NONE, NONE, 0 };
	for (uint32_t i = 0; i < n; i++) {
		const struct header *h = &ids->header[i];
		uint32_t key = h->part[AEMP_IDS_EQUIPMENT], other;

		if (key == NONE)
			continue;
		other = contradicts(ids, &equipment[key], i);
		if (other == NONE)
			continue;
		equipment[key].is_doubtful = 1;
		buf_printf(finding(ids, p, names, "identity-conflict",
			       SEVERITY_ERROR, h),
		    "EquipmentID '%s' also stands on line %llu with another "
		    "PIN or serial number; use --id-field PIN",
		    intern_text(ids->texts, key, &len),
		    (unsigned long long)ids->header[other].line);
		reject_finding(reject, p);
	}
	for (uint32_t i = 0; i < n; i++) {
		uint32_t key = ids->header[i].part[AEMP_IDS_EQUIPMENT];

		if (key != NONE && !equipment[key].is_doubtful)
			join(ids, equipment[key].first, i);
	}
	free(equipment);
}

/*
 * A machine's id of one kind.  Where its headers differ, the one that is
 * first in byte order: the order of the files must not matter.
 */
struct choice {
	uint32_t text;
	uint32_t other; /* one that differs, or NONE */
};

static void
choose(const struct aemp_ids *ids, struct choice *c, uint32_t candidate)
{
	size_t len;

	if (candidate == NONE || candidate == c->text)
		return;
	if (c->text == NONE) {
		c->text = candidate;
		return;
	}
	if (strcmp(intern_text(ids->texts, candidate, &len),
		intern_text(ids->texts, c->text, &len)) < 0) {
		c->other = c->text;
		c->text = candidate;
	} else {
		c->other = candidate;
	}
}

/* Choose every group's id of ${part}.  True if all have one. */
static int
choose_all(struct aemp_ids *ids, enum aemp_ids_part part, struct choice *choice)
{
	uint32_t n = intern_count(ids->tuples);
	int all = n > 0;

	for (uint32_t i = 0; i < n; i++)
		choice[i] = (struct choice){ NONE, NONE };
	for (uint32_t i = 0; i < n; i++)
		choose(
		    ids, &choice[group_of(ids, i)], ids->header[i].part[part]);
	for (uint32_t i = 0; i < n; i++)
		if (group_of(ids, i) == i && choice[i].text == NONE)
			all = 0;
	return all;
}

/* A part of a header, or NULL. */
static const char *
part_text(
    const struct aemp_ids *ids, const struct header *h, enum aemp_ids_part part)
{
	size_t len;

	return h->part[part] != NONE
		   ? intern_text(ids->texts, h->part[part], &len)
		   : NULL;
}

static void
name_machines(struct aemp_ids *ids, const struct choice *choice,
    enum aemp_ids_part part, struct names *names, struct evidence *evidence,
    struct reject *reject, struct problem *p)
{
	uint32_t n = intern_count(ids->tuples);
	const char *id;
	size_t len;

	for (uint32_t i = 0; i < n; i++) {
		struct header *h = &ids->header[i];
		uint32_t group = group_of(ids, i);

		if (choice[group].text == NONE)
			continue;
		id = intern_text(ids->texts, choice[group].text, &len);
		h->machine = evidence_machine(evidence, id, len);
		evidence_describe(evidence, h->machine,
		    part_text(ids, h, AEMP_IDS_MAKE),
		    part_text(ids, h, AEMP_IDS_SERIAL));
		if (group != i || choice[group].other == NONE ||
		    part != AEMP_IDS_EQUIPMENT)
			continue;
		buf_printf(finding(ids, p, names, "identity-changed",
			       SEVERITY_WARNING, h),
		    "the machine is '%s' here and '%s' elsewhere in the feed; "
		    "'%s' is taken",
		    id, intern_text(ids->texts, choice[group].other, &len), id);
		reject_finding(reject, p);
	}
}

void
aemp_ids_resolve(struct aemp_ids *ids, enum aemp_id field, const char *machine,
    struct names *names, struct evidence *evidence, struct reject *reject)
{
	static const enum aemp_ids_part parts[] = { AEMP_IDS_EQUIPMENT,
		AEMP_IDS_SERIAL, AEMP_IDS_PIN };
	uint32_t n = intern_count(ids->tuples);
	struct choice *choice;
	struct problem p = { 0 };
	int k = 0;

	if (machine != NULL) {
		for (uint32_t i = 0; i < n; i++)
			ids->header[i].machine = evidence_machine(
			    evidence, machine, strlen(machine));
		return;
	}
	join_by(ids, AEMP_IDS_PIN, 0);
	join_by(ids, AEMP_IDS_SERIAL, 1);
	join_equipment(ids, names, reject, &p);
	choice = xreallocarray(NULL, n, sizeof *choice);
	if (field == AEMP_ID_AUTO) {
		while (k < 3 && !choose_all(ids, parts[k], choice))
			k++;
		/* No kind of id that all have: the first, and rows of those
		 * without it are rejected. */
		if (k == 3)
			choose_all(ids, parts[k = 0], choice);
	} else {
		k = (int)field - AEMP_ID_EQUIPMENT;
		choose_all(ids, parts[k], choice);
	}
	name_machines(ids, choice, parts[k], names, evidence, reject, &p);
	free(choice);
	problem_free(&p);
}

uint32_t
aemp_ids_machine(const struct aemp_ids *ids, uint32_t header)
{
	return ids->header[header].machine;
}

void
aemp_ids_free(struct aemp_ids *ids)
{
	if (ids == NULL)
		return;
	intern_free(ids->texts);
	intern_free(ids->tuples);
	free(ids->header);
	buf_free(&ids->file);
	free(ids);
}
