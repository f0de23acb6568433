/* draft_words.h - what headers and states are called in ten languages. */

#ifndef PARSE_DRAFT_WORDS_H
#define PARSE_DRAFT_WORDS_H

#include <stddef.h>

/* What a column may be. */
enum draft_role {
	DRAFT_MACHINE,
	DRAFT_STATE,
	DRAFT_START,
	DRAFT_END,
	DRAFT_DURATION,
	DRAFT_PAUSE,
	DRAFT_TIME,
	DRAFT_DATE,
	DRAFT_COMPANY,
	DRAFT_PROJECT,
	DRAFT_ROLES,
};

/* What a vendor's word may say. */
enum draft_saying {
	DRAFT_WORKING,
	DRAFT_IDLE,
	DRAFT_MOVING,
	DRAFT_OFF,
	DRAFT_IGNORE,
	DRAFT_SAYINGS, /* and none of these */
};

/*
 * What a column of this header is likely to be, or DRAFT_ROLES.  *${sure} is 2
 * where the header is a word of the list, 1 where it has one in it.  English,
 * Norwegian, Danish, Swedish, German, French, Spanish, Portuguese, Turkish and
 * Finnish; case, blanks and signs do not matter, nor does what stands in
 * brackets.
 */
enum draft_role draft_words_role(const char *header, int *sure);

/* True if a header tells of a meter, which only grows. */
int draft_words_counter(const char *header);

/* What a state word of these languages says, or DRAFT_SAYINGS. */
enum draft_saying draft_words_saying(const char *word);

#endif
