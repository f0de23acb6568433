/* aemp_place.c - what the elements of a feed are for. */

#include "config.h"

#include <string.h>
#include <strings.h>

#include "base/same.h"
#include "parse/aemp_place.h"
#include "parse/aemp_value.h"

static int
is_feed_name(const char *name)
{
	size_t n = strlen(name);

	return strcasecmp(name, "Fleet") == 0 ||
	       (n > 8 && strcasecmp(name + n - 8, "Messages") == 0);
}

static enum aemp_place
in_header(const char *name)
{
	static const struct {
		const char *name;
		enum aemp_place place;
	} names[] = {
		{ "OEMName", AEMP_TEXT_MAKE },
		{ "Make", AEMP_TEXT_MAKE },
		{ "EquipmentID", AEMP_TEXT_EQUIPMENT },
		{ "SerialNumber", AEMP_TEXT_SERIAL },
		{ "PIN", AEMP_TEXT_PIN },
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcasecmp(names[i].name, name) == 0)
			return names[i].place;
	return AEMP_PLACE_OTHER;
}

static enum aemp_place
in_root(const char *name, enum aemp_place parent, enum evidence_kind *kind)
{
	static const char *const messages[] = { "message", "error",
		"error_description", "detail", "title" };

	if (strcasecmp(name, "EquipmentHeader") == 0)
		return AEMP_PLACE_HEADER;
	if (aemp_value_kind(name, kind))
		return AEMP_PLACE_SECTION;
	if (parent == AEMP_PLACE_EQUIPMENT)
		return AEMP_PLACE_OTHER;
	if (strcasecmp(name, "Equipment") == 0)
		return AEMP_PLACE_EQUIPMENT;
	if (strcasecmp(name, "Links") == 0)
		return AEMP_PLACE_LINKS;
	if (strcasecmp(name, "snapshotTime") == 0)
		return AEMP_TEXT_SNAPSHOT;
	if (parent == AEMP_PLACE_ROOT)
		return AEMP_PLACE_OTHER;
	if (is_feed_name(name))
		return AEMP_PLACE_ROOT;
	for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++)
		if (strcasecmp(name, messages[i]) == 0)
			return AEMP_TEXT_MESSAGE;
	return AEMP_PLACE_OTHER;
}

static enum aemp_place
in_section(const char *name, enum evidence_kind kind)
{
	const char *value = kind == EVIDENCE_RUNNING	? "Running"
			    : kind == EVIDENCE_SWITCH	? "IsOn"
			    : kind == EVIDENCE_LOCATION ? "Latitude"
							: "Hour";

	if (strcasecmp(name, "datetime") == 0)
		return AEMP_TEXT_TIME;
	if (strcasecmp(name, value) == 0)
		return AEMP_TEXT_VALUE;
	if (kind == EVIDENCE_SWITCH && strcasecmp(name, "SwitchNumber") == 0)
		return AEMP_TEXT_SECOND;
	if (kind == EVIDENCE_LOCATION && strcasecmp(name, "Longitude") == 0)
		return AEMP_TEXT_SECOND;
	return AEMP_PLACE_OTHER;
}

static enum aemp_place
find(enum aemp_place parent, const char *name, enum evidence_kind *kind)
{
	switch (parent) {
	case AEMP_PLACE_OUTSIDE:
		return name[0] == '\0'	    ? AEMP_PLACE_ENVELOPE
		       : is_feed_name(name) ? AEMP_PLACE_ROOT
		       : strcasecmp(name, "Equipment") == 0
			   ? AEMP_PLACE_EQUIPMENT
			   : AEMP_PLACE_OTHER;
	case AEMP_PLACE_ENVELOPE:
	case AEMP_PLACE_ROOT:
	case AEMP_PLACE_EQUIPMENT:
		return in_root(name, parent, kind);
	case AEMP_PLACE_HEADER:
		return in_header(name);
	case AEMP_PLACE_LINKS:
		/* Deere has each in a Link of its own. */
		return strcasecmp(name, "Link") == 0   ? AEMP_PLACE_LINKS
		       : strcasecmp(name, "href") == 0 ? AEMP_TEXT_HREF
		       : strcasecmp(name, "rel") == 0  ? AEMP_TEXT_REL
						       : AEMP_PLACE_OTHER;
	case AEMP_PLACE_SECTION:
		return in_section(name, *kind);
	default:
		return AEMP_PLACE_OTHER;
	}
}

/* A feed has the same few names again and again: found once, as they are
 * spelt. */
#define KNOWN 128
#define KNOWN_NAME 40

struct known {
	enum aemp_place parent, place;
	enum evidence_kind within, kind;
	size_t len;
	char name[KNOWN_NAME];
};

enum aemp_place
aemp_place_of(enum aemp_place parent, const char *name, size_t len,
    enum evidence_kind *kind)
{
	static struct known known[KNOWN];
	struct known *k;

	if (parent == AEMP_PLACE_OTHER)
		return AEMP_PLACE_OTHER;
	if (len == 0 || len >= KNOWN_NAME)
		return find(parent, name, kind);
	k = &known[((unsigned char)name[len / 2] + 5 * len + 17 * parent) %
		   KNOWN];
	if (k->len != len || k->parent != parent ||
	    !same_bytes(k->name, name, len) ||
	    (parent == AEMP_PLACE_SECTION && k->within != *kind)) {
		k->parent = parent;
		k->within = k->kind = *kind;
		k->place = find(parent, name, &k->kind);
		k->len = len;
		memcpy(k->name, name, len);
	}
	if (k->place == AEMP_PLACE_SECTION)
		*kind = k->kind;
	return k->place;
}
