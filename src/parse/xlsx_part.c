/* xlsx_part.c - one of the XML documents that an Excel workbook is made of. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/files.h"
#include "base/members.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "parse/xlsx_part.h"

#define CHUNK 65536

struct xlsx_part {
	struct members *members;
	struct input *in;
	struct buf name;
	uint64_t given; /* bytes that came of it */
};

/* The same name, whether the archive has it with "\", as some write it, or
 * from the root. */
static int
is_called(const char *member, const char *name)
{
	if (*member == '/' || *member == '\\')
		member++;
	for (; *member != '\0' && *name != '\0'; member++, name++) {
		char a = *member == '\\' ? '/' : *member, b = *name;

		if (a >= 'A' && a <= 'Z')
			a = (char)(a - 'A' + 'a');
		if (b >= 'A' && b <= 'Z')
			b = (char)(b - 'A' + 'a');
		if (a != b)
			return 0;
	}
	return *member == *name;
}

/* A sheet of a few kilobytes may be a gigabyte of blanks. */
static long
read_part(void *of, void *to, size_t len)
{
	struct xlsx_part *p = of;
	struct msg m = { .level = MSG_ERROR,
		.file = buf_text(&p->name),
		.code = "archive-limit",
		.text = "more than 250 times as much comes out of the workbook "
			"as is read from it: if this is right, save its sheet "
			"as CSV" };
	long n = members_read(p->members, to, len);

	if (n <= 0)
		return n;
	p->given += (uint64_t)n;
	if (p->given <= files_limits.ratio_from ||
	    p->given / files_limits.ratio <= members_raw_bytes(p->members))
		return n;
	msg_place(&m);
	return -1;
}

struct xlsx_part *
xlsx_part_open(const struct xlsx_file *file, const char *name, int *failed)
{
	struct xlsx_part *p = xcalloc(1, sizeof *p);
	const char *member;
	int got;

	p->members =
	    members_open_zip(file->fd, file->name, files_limits.members);
	while ((got = members_next(p->members, &member)) == 1 &&
	       !is_called(member, name))
		;
	*failed = got < 0;
	if (got != 1) {
		xlsx_part_close(p);
		return NULL;
	}
	buf_printf(&p->name, "%s/%s", file->name, name);
	p->in = input_over(
	    (struct unpack_source){ read_part, p }, buf_text(&p->name));
	return p;
}

struct input *
xlsx_part_input(struct xlsx_part *p)
{
	return p->in;
}

uint64_t
xlsx_part_raw_bytes(const struct xlsx_part *p)
{
	return members_raw_bytes(p->members);
}

void
xlsx_part_close(struct xlsx_part *p)
{
	if (p == NULL)
		return;
	input_close(p->in);
	members_close(p->members);
	buf_free(&p->name);
	free(p);
}

int
xlsx_part_read(const struct xlsx_file *file, const char *name,
    const struct xml_handlers *handlers, int (*enough)(const void *context),
    void *context)
{
	struct problem problem = { 0 };
	struct xlsx_part *p;
	struct xml *x;
	int more, failed;

	if ((p = xlsx_part_open(file, name, &failed)) == NULL)
		return failed ? -1 : 0;
	x = xml_open(p->in, handlers, context, &problem);
	while ((more = xml_more(x, CHUNK)) > 0 &&
	       (enough == NULL || !enough(context)))
		;
	if (more < 0 && !input_file_failed(p->in))
		problem_print(&problem);
	xml_close(x);
	xlsx_part_close(p);
	problem_free(&problem);
	return more < 0 ? -1 : 1;
}
