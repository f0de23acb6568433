/* problem.c - one thing found wrong with data, and where. */

#include "config.h"

#include <string.h>

#include "base/duration.h"
#include "base/msg.h"
#include "record/problem.h"

static const char *const words[] = {
	[SEVERITY_OFF] = "off",
	[SEVERITY_NOTE] = "note",
	[SEVERITY_WARNING] = "warning",
	[SEVERITY_ERROR] = "error",
};

void
problem_set(struct problem *p, const char *code, enum severity severity,
    const char *file, uint64_t line, uint64_t column)
{
	p->code = code;
	p->severity = severity;
	p->file = file;
	p->line = line;
	p->column = column;
	p->price = PROBLEM_NO_PRICE;
	buf_clear(&p->text);
}

void
problem_print(const struct problem *p)
{
	struct msg m = { .file = p->file,
		.line = p->line,
		.column = p->column,
		.code = p->code,
		.text = buf_text(&p->text) };
	char hours[DURATION_TEXT];
	struct buf text = { 0 };

	m.level = p->severity == SEVERITY_ERROR	    ? MSG_ERROR
		  : p->severity == SEVERITY_WARNING ? MSG_WARNING
						    : MSG_NOTE;
	if (!msg_shows(m.level))
		return;
	if (p->price != PROBLEM_NO_PRICE) {
		buf_printf(&text, "%s (%s h)", m.text,
		    duration_hours(hours, p->price));
		m.text = text.data;
	}
	msg_place(&m);
	buf_free(&text);
}

const char *
problem_word(enum severity severity)
{
	return words[severity];
}

int
problem_severity(const char *word, enum severity *severity)
{
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(words[i], word) == 0) {
			*severity = (enum severity)i;
			return 0;
		}
	return -1;
}

void
problem_free(struct problem *p)
{
	if (p == NULL)
		return;
	buf_free(&p->text);
}
