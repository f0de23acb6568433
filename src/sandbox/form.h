/* form.h - application/x-www-form-urlencoded, and percent escapes. */

#ifndef SANDBOX_FORM_H
#define SANDBOX_FORM_H

#include <stddef.h>

#define FORM_FIELDS 16

/* = {0} then form_free. */
struct form {
	char *name[FORM_FIELDS];
	char *value[FORM_FIELDS];
	size_t count;
};

/* Read a body; fields beyond FORM_FIELDS are passed over. */
void form_read(struct form *f, const char *body, size_t len);

/* The value of ${name}, or NULL.  Belongs to ${f}. */
const char *form_get(const struct form *f, const char *name);

/* A text without its percent escapes ("%00" stays), "+" being a blank where
 * ${is_form}.  The caller frees. */
char *form_plain(const char *s, size_t len, int is_form);

void form_free(struct form *f);

#endif
