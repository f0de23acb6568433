/* aemp_place.h - what the elements of a feed are for. */

#ifndef PARSE_AEMP_PLACE_H
#define PARSE_AEMP_PLACE_H

#include <stddef.h>

#include "parse/evidence.h"

enum aemp_place {
	AEMP_PLACE_OUTSIDE,
	AEMP_PLACE_ENVELOPE, /* of JSON: a root, or around one */
	AEMP_PLACE_ROOT,
	AEMP_PLACE_LINKS,
	AEMP_PLACE_EQUIPMENT,
	AEMP_PLACE_HEADER,
	AEMP_PLACE_SECTION,
	AEMP_PLACE_OTHER, /* passed over, with all within */
	/* Those whose text is wanted. */
	AEMP_TEXT_MAKE, /* and in the order of enum aemp_ids_part */
	AEMP_TEXT_EQUIPMENT,
	AEMP_TEXT_SERIAL,
	AEMP_TEXT_PIN,
	AEMP_TEXT_REL,
	AEMP_TEXT_HREF,
	AEMP_TEXT_SNAPSHOT,
	AEMP_TEXT_TIME,
	AEMP_TEXT_VALUE,
	AEMP_TEXT_SECOND,  /* the switch's number, the longitude */
	AEMP_TEXT_MESSAGE, /* of an error answer */
};

/*
 * What an element called ${name}, in any case, of ${len} bytes and a NUL, is
 * for within ${parent};
 * *${kind} is the section's that we are in, if any, and becomes that of a
 * section that begins.
 */
enum aemp_place aemp_place_of(enum aemp_place parent, const char *name,
    size_t len, enum evidence_kind *kind);

#endif
