/* pattern.c - POSIX extended regular expressions, over UTF-8, and no more. */

#include "config.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "parse/pattern.h"

/* Repetitions are written out by the C library: those of those of others
 * would fill any memory. */
#define MOST_REPEATS 50000

struct pattern {
	regex_t regex;
	struct buf text; /* being looked at */
};

static const char *
bad_escape(char c)
{
	if (c == '\0')
		return "a backslash stands alone at the end";
	if (c >= '1' && c <= '9')
		return "no back-references such as \\1 here";
	if (c == 'd' || c == 'D')
		return "no \\d or \\D here: write [0-9] or [^0-9]";
	if (strchr("sSwW", c) == NULL &&
	    ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		strchr("0<>`'", c) != NULL))
		return "of letters behind a backslash only s, S, w and W "
		       "mean something here";
	return NULL;
}

/* Pass over [...], whose first ] is a plain one.  NULL, or what is wrong. */
static const char *
pass_set(const char **at)
{
	const char *s = *at + 1;

	if (*s == '^')
		s++;
	if (*s == ']')
		s++;
	for (; *s != ']' && *s != '\0'; s++) {
		if (*s == '\\' && *++s != '\\')
			return "within [] a backslash is no escape: write [.] "
			       "for a point, [0-9] for digits and \\\\ for a "
			       "backslash";
		if (*s == '[' && *s != '\0' && strchr(":.=", s[1]) != NULL &&
		    s[1] != '\0') {
			const char close[] = { s[1], ']', '\0' };

			if ((s = strstr(s + 2, close)) == NULL)
				return "a [: has no end";
			s++;
		}
	}
	if (*s == '\0')
		return "a [ has no end";
	*at = s;
	return NULL;
}

/* {2,5}: how often that may be at most. */
static unsigned long
repeats(const char *s)
{
	unsigned long most = 1;

	while (*s != '}' && *s != '\0') {
		unsigned long n = 0;

		for (; *s >= '0' && *s <= '9'; s++)
			if (n <= MOST_REPEATS)
				n = n * 10 + (unsigned long)(*s - '0');
		if (n > most)
			most = n;
		if (*s != '}' && *s != '\0')
			s++;
	}
	return most;
}

/* What the C library would take for something else, or NULL. */
static const char *
fault(const char *s)
{
	const char *why = NULL;
	unsigned long all = 1;

	for (; *s != '\0' && why == NULL; s++) {
		if (*s == '\\')
			why = bad_escape(*++s);
		else if (*s == '[')
			why = pass_set(&s);
		else if (*s == '{' && (all *= repeats(s + 1)) > MOST_REPEATS)
			why = "its repetitions {} multiply to more than 50000";
	}
	return why;
}

/* The C library reads bytes or characters as the language in use has it. */
static locale_t
use_characters(void)
{
	return utf8_locale() != (locale_t)0 ? uselocale(utf8_locale())
					    : (locale_t)0;
}

struct pattern *
pattern_new(const char *text, const char **why)
{
	static char said[200];
	struct pattern *p;
	locale_t before;
	int error;

	if ((*why = fault(text)) != NULL)
		return NULL;
	p = xcalloc(1, sizeof *p);
	before = use_characters();
	error = regcomp(&p->regex, text, REG_EXTENDED);
	uselocale(before);
	if (error == 0)
		return p;
	regerror(error, &p->regex, said, sizeof said);
	*why = said;
	free(p);
	return NULL;
}

/* Only some systems look at texts that no NUL ends, and sanitizers forbid it:
 * the text is copied. */
int
pattern_find(
    struct pattern *p, const char *s, size_t len, struct rows_cell *group)
{
	regmatch_t took[2];
	size_t which = p->regex.re_nsub > 0 ? 1 : 0;
	locale_t before;
	int error;

	if (memchr(s, '\0', len) != NULL)
		return 0;
	buf_clear(&p->text);
	buf_put(&p->text, s, len);
	before = use_characters();
	error = regexec(&p->regex, buf_text(&p->text), which + 1, took, 0);
	uselocale(before);
	if (error == REG_ESPACE)
		msg_die("out of memory (a pattern)");
	if (error != 0)
		return 0;
	*group = (struct rows_cell){ s, 0 };
	if (took[which].rm_so >= 0) {
		group->s = s + took[which].rm_so;
		group->len = (size_t)(took[which].rm_eo - took[which].rm_so);
	}
	return 1;
}

int
pattern_find_name(struct pattern *p, const char *path, struct rows_cell *group)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;

	*group = (struct rows_cell){ name, 0 };
	return pattern_find(p, name, strlen(name), group);
}

void
pattern_free(struct pattern *p)
{
	if (p == NULL)
		return;
	regfree(&p->regex);
	buf_free(&p->text);
	free(p);
}
