/* status.h - what a filter's exit status says to the shell. */

#ifndef BASE_STATUS_H
#define BASE_STATUS_H

/* When several apply: TROUBLE, UNKNOWN, DENIED, LATER, FINDINGS. */
enum status {
	STATUS_OK = 0,	     /* all passed */
	STATUS_FINDINGS = 1, /* whole output; some data found wanting */
	STATUS_TROUBLE = 2,  /* usage or the machine: do not trust the output */
	STATUS_UNKNOWN = 3,  /* a batch's fate is unknown: a person must look */
	STATUS_DENIED = 4,   /* credentials, scope, company or project */
	STATUS_LATER = 75,   /* the far end is busy or away: run me again */
};

#endif
