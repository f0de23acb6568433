/* aemp_ids.h - which equipment headers of a feed are one machine. */

#ifndef PARSE_AEMP_IDS_H
#define PARSE_AEMP_IDS_H

#include <stddef.h>
#include <stdint.h>

#include "parse/aemp.h"
#include "parse/evidence.h"
#include "parse/reject.h"

struct aemp_ids;

/* The parts of an equipment header that name the machine. */
enum aemp_ids_part {
	AEMP_IDS_MAKE, /* OEMName, Make */
	AEMP_IDS_EQUIPMENT,
	AEMP_IDS_SERIAL,
	AEMP_IDS_PIN,
	AEMP_IDS_PARTS,
};

struct aemp_ids *aemp_ids_new(void);

/*
 * The number of a header with these texts; NULL is none, and so are empty,
 * "missing" and "N/A".  Equal headers have one number.
 */
uint32_t aemp_ids_header(struct aemp_ids *ids,
    const char *const part[AEMP_IDS_PARTS], uint32_t file, uint64_t line);

/*
 * After all headers are known: join those that share a PIN, or a serial with
 * the same make, or an EquipmentID where nothing else speaks against it; name
 * each machine to ${evidence} by ${field}, or by the first kind of id that
 * all have.  Findings identity-changed and identity-conflict go to
 * ${reject}.
 */
void aemp_ids_resolve(struct aemp_ids *ids, enum aemp_id field,
    const char *machine, struct names *names, struct evidence *evidence,
    struct reject *reject);

/* The evidence number of a header's machine, or AEMP_IDS_NONE. */
#define AEMP_IDS_NONE UINT32_MAX
uint32_t aemp_ids_machine(const struct aemp_ids *ids, uint32_t header);

/* NULL is welcome. */
void aemp_ids_free(struct aemp_ids *ids);

#endif
