/* parameter.h - values that rules are held to, read from text and JSON. */

#ifndef VALIDATE_PARAMETER_H
#define VALIDATE_PARAMETER_H

#include "validate/rule.h"
#include "validate/settings.h"

struct json;

/* The parameter of ${rule} called ${name}, or NULL. */
const struct rule_parameter *parameter_find(
    const struct rule *rule, const char *name);

/*
 * Take its value from text, words between commas, or from a value of the rules
 * file, which must live as long as ${s}.  0, or -1.
 */
int parameter_take(
    const struct rule_parameter *p, struct settings *s, const char *text);
int parameter_read(
    const struct rule_parameter *p, struct settings *s, const struct json *j);

/* Put what its value must be: "true or false". */
void parameter_must(const struct rule_parameter *p, struct buf *b);

/* A time with its zone to seconds since 1970.  0, or -1. */
int parameter_time(const char *text, int64_t *seconds);

#endif
