/* cause_evidence.h - which records tell anything of causes. */

#ifndef VALIDATE_CAUSE_EVIDENCE_H
#define VALIDATE_CAUSE_EVIDENCE_H

#include <stdint.h>

#include "record/names.h"
#include "record/record.h"
#include "validate/settings.h"

/* Those that were asked for and have no error of their own; see below. */
struct cause_evidence {
	const struct settings *settings;
	const struct names *names;
	int64_t from, to, latest, max_length;
	uint8_t max_basis;
	uint32_t owner; /* the last one, and whether it is asked for */
	int owner_is_asked;
	uint8_t *state; /* is it asked for? */
	uint32_t states;
};

/* Both are borrowed until cause_evidence_free. */
void cause_evidence_new(struct cause_evidence *e,
    const struct settings *settings, const struct names *names);

/* Is the record selected, and not held back as estimated? */
int cause_evidence_asked(struct cause_evidence *e, const struct record *r);

/*
 * And does it say where its machine was at work?  One that is empty or
 * negative does not, nor one with an error of its own: one period of ten years
 * would hide every gap.
 */
int cause_evidence_of_work(
    const struct cause_evidence *e, const struct record *r);

/* NULL is welcome. */
void cause_evidence_free(struct cause_evidence *e);

#endif
