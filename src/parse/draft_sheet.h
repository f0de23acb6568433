/* draft_sheet.h - the first rows of an unknown workbook. */

#ifndef PARSE_DRAFT_SHEET_H
#define PARSE_DRAFT_SHEET_H

#include "parse/draft_head.h"

/*
 * Read rows of ${h}->path, at most ${most}, that have a value: of the first
 * sheet that has two rows of several cells.  Such rows are all as long as the
 * longest of them.  1; 0 if it is no workbook; -1 after a message.
 */
int draft_sheet_read(struct draft_head *h, size_t most);

#endif
