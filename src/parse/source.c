/* source.c - where the rows of a profile's files come from. */

#include "config.h"

#include "parse/csv_rows.h"
#include "parse/json_rows.h"
#include "parse/markup.h"
#include "parse/record_rows.h"
#include "parse/source.h"
#include "parse/xlsx_rows.h"
#include "parse/xml_rows.h"

int
source_prepare(struct input *in, const struct profile *profile)
{
	/* XML says its encoding itself. */
	if (profile->format == PROFILE_XML)
		return 0;
	if (profile->format == PROFILE_XLSX) {
		input_archives(in, FILES_WORKBOOKS);
		return 0;
	}
	return input_text(in, profile->encoding);
}

static struct rows
open_sheet(struct input *in, const struct profile *profile)
{
	struct problem p = { 0 };
	struct rows rows = xlsx_rows_open(in, profile, &p);

	if (p.code != NULL)
		problem_print(&p);
	problem_free(&p);
	return rows;
}

/* A web page is no table of text, though lines can be made of it. */
static struct rows
open_text(struct input *in, const struct profile *profile)
{
	struct problem p = { 0 };
	const char *head, *markup;
	size_t len;

	head = input_peek(in, 4096, &len);
	markup = head != NULL ? markup_told(head, len) : NULL;
	if (markup == NULL)
		return csv_rows_open(in, &profile->dialect);
	problem_set(&p, "not-csv", SEVERITY_ERROR, input_name(in), 0, 0);
	buf_puts(&p.text, markup);
	problem_print(&p);
	problem_free(&p);
	return (struct rows){ .kind = NULL };
}

struct rows
source_open(struct input *in, struct profile *profile, struct frame *frame)
{
	if (profile->format == PROFILE_XML)
		return xml_rows_open(in, profile);
	if (profile->format == PROFILE_JSON)
		return json_rows_open(in, profile);
	if (profile->format == PROFILE_XLSX)
		return open_sheet(in, profile);
	if (profile->format == PROFILE_RECORDS)
		return record_rows_open(in, profile, frame);
	return open_text(in, profile);
}
