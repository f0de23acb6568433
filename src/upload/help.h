/* help.h - the options of ditio-upload, in short. */

#ifndef UPLOAD_HELP_H
#define UPLOAD_HELP_H

#include <stdio.h>

/* Print them to ${to}. */
void help_put(FILE *to);

#endif
