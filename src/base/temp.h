/* temp.h - a file that nobody can find. */

#ifndef BASE_TEMP_H
#define BASE_TEMP_H

/* Where temporary files are: ${TMPDIR}, or /tmp.  Borrowed. */
const char *temp_dir(void);

/*
 * A new file there without a name, open for reading and writing: no trace is
 * left of it, however the program ends.  -1 with errno.  The caller closes.
 */
int temp_open(void);

#endif
