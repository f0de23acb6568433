/* month.h - names of months in the languages vendors use. */

#ifndef PARSE_MONTH_H
#define PARSE_MONTH_H

#include <stddef.h>

/*
 * The month (1 to 12) whose name, or an abbreviation of it of three letters
 * or more, stands at ${s}: in English, Norwegian, Danish, Swedish, German,
 * French, Spanish, Portuguese, Turkish or Finnish, in any case, a dot behind
 * it included.  The bytes it takes, or 0.
 */
size_t month_read(const char *s, size_t len, int *month);

/* The English abbreviation of ${month}. */
const char *month_name(int month);

#endif
