/* xlsx_part.h - one of the XML documents that an Excel workbook is made of. */

#ifndef PARSE_XLSX_PART_H
#define PARSE_XLSX_PART_H

#include "base/input.h"
#include "parse/xml.h"

/* A workbook: a file that can be read from anywhere, and its name. */
struct xlsx_file {
	int fd;
	const char *name;
};

struct xlsx_part;

/*
 * Open the part called ${name} ("xl/workbook.xml"; case does not matter) of
 * ${file}, whose name is borrowed.  NULL where there is none, or after a
 * message, which *${failed} tells: the workbook is cut or damaged, or the part
 * has a password.
 */
struct xlsx_part *xlsx_part_open(
    const struct xlsx_file *file, const char *name, int *failed);

/* Its bytes, of which an archive-limit (files.h) may be the end. */
struct input *xlsx_part_input(struct xlsx_part *p);

/* Bytes of the workbook's file read for it so far. */
uint64_t xlsx_part_raw_bytes(const struct xlsx_part *p);

/* NULL is welcome. */
void xlsx_part_close(struct xlsx_part *p);

/*
 * Tell ${handlers} all of a part.  1; 0 where there is none; -1 after a
 * message.  ${enough}, unless NULL, is asked from time to time: true ends the
 * reading, with 1.
 */
int xlsx_part_read(const struct xlsx_file *file, const char *name,
    const struct xml_handlers *handlers, int (*enough)(const void *context),
    void *context);

#endif
