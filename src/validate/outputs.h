/* outputs.h - the files of a run beside the stream. */

#ifndef VALIDATE_OUTPUTS_H
#define VALIDATE_OUTPUTS_H

#include <stddef.h>

#include "base/out.h"
#include "record/names.h"
#include "validate/findings.h"
#include "validate/settings.h"
#include "validate/summary.h"

#define OUTPUTS 16 /* reports, and summaries, at most */

/* As the command line has them; = {0} at first.  What is read is not
 * written. */
struct outputs {
	char **files;	       /* of the stream */
	char *rejects;	       /* --rejects FILE */
	char *apply_plan;      /* --apply-plan FILE */
	char *fix_plan;	       /* --fix-plan FILE; opened elsewhere */
	char *baseline;	       /* --baseline FILE */
	char *known;	       /* --write-baseline FILE */
	char *withheld;	       /* --withheld FILE */
	char *report[OUTPUTS]; /* --report FORMAT:FILE */
	size_t reports;
	char *summary[OUTPUTS]; /* --summary FORMAT:FILE */
	size_t summaries;
};

/*
 * Take ${option} ("report") of the command line with its ${value}, which must
 * live as long as ${o}.  0, or -1 after a message.
 */
int outputs_take(struct outputs *o, const char *option, char *value);

/*
 * Open all that is read or written besides, and give it to ${findings}, or to
 * ${withheld} and ${summaries}: NULL where nobody wants it, else the caller
 * closes it, after a failure, too.
 * ${settings} and ${names} are borrowed until the findings are freed; the
 * baseline may take ${memory} bytes.  0, or -1 after a message.
 */
int outputs_open(const struct outputs *o, const struct settings *settings,
    size_t memory, struct names *names, struct findings *findings,
    struct out **withheld, struct summary **summaries);

#endif
