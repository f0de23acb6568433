/* help.h - the options of ditio-upload, in short. */

#ifndef UPLOAD_HELP_H
#define UPLOAD_HELP_H

/* Many lines. */
extern const char help_text[];

#endif
