/* record.h - a period of one machine in one state, in 40 bytes. */

#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include <stdint.h>

enum record_basis {
	RECORD_STATED,	  /* the vendor said it; the stream is silent */
	RECORD_DERIVED,	  /* placed within maxPiece of the evidence */
	RECORD_ESTIMATED, /* the amount is known, the place is not */
};

/* Texts are numbers of a struct names (names.h). */
struct record {
	int64_t start; /* seconds since 1970, UTC; included */
	int64_t end;   /* not included; may be at or before start */
	uint64_t line; /* of the vendor's file, from 1; 0 is none */
	uint32_t owner;
	uint32_t file; /* of the vendor; NAMES_NONE without a source */
	uint32_t state;
	uint8_t basis;	 /* enum record_basis */
	uint8_t flags;	 /* the tool's own use; 0 from the reader */
	uint16_t vendor; /* the vendor's id: names_vendor of the owner; 0:
			    the machineId itself */
};

_Static_assert(sizeof(struct record) <= 40, "a record is 40 bytes or less");

#endif
