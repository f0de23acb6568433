/* problem.h - one thing found wrong with data, and where. */

#ifndef RECORD_PROBLEM_H
#define RECORD_PROBLEM_H

#include <stdint.h>

#include "base/buf.h"

enum severity {
	SEVERITY_OFF,
	SEVERITY_NOTE,
	SEVERITY_WARNING,
	SEVERITY_ERROR,
};

#define PROBLEM_NO_PRICE INT64_MIN

struct problem {
	const char *code; /* stable, kebab-case; static text */
	enum severity severity;
	const char *file; /* as plain text, or NULL; borrowed */
	uint64_t line;	  /* from 1; 0 is none */
	uint64_t column;  /* from 1, in bytes; 0 is none */
	int64_t price;	  /* seconds of machine time, or PROBLEM_NO_PRICE */
	struct buf text;  /* what is wrong and what to do */
};

/* Start a problem anew, keeping the room of its text. */
void problem_set(struct problem *p, const char *code, enum severity severity,
    const char *file, uint64_t line, uint64_t column);

/* Print it on stderr: "file:line:column: severity: text (1.50 h) [code]". */
void problem_print(const struct problem *p);

/* "note", "warning", "error", "off". */
const char *problem_word(enum severity severity);

/* The severity called ${word}.  0, or -1. */
int problem_severity(const char *word, enum severity *severity);

/* NULL is welcome. */
void problem_free(struct problem *p);

#endif
