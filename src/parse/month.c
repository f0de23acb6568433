/* month.c - names of months in the languages vendors use. */

#include "config.h"

#include <string.h>
#include <strings.h>

#include "parse/month.h"

/*
 * The first letters that tell a month; letters may follow.  Where languages
 * disagree on what is short enough, all forms stand.  A longer one comes
 * before its own beginning ("juni" before "jun" needs nothing: both are 6).
 */
static const struct {
	const char *start;
	int month;
} names[] = {
	{ "jan", 1 },
	{ "ene", 1 },
	{ "oca", 1 },
	{ "tammi", 1 },
	{ "feb", 2 },
	{ "fév", 2 },
	{ "fev", 2 },
	{ "şub", 2 },
	{ "helmi", 2 },
	{ "mar", 3 },
	{ "mär", 3 },
	{ "mrz", 3 },
	{ "maalis", 3 },
	{ "apr", 4 },
	{ "avr", 4 },
	{ "abr", 4 },
	{ "nis", 4 },
	{ "huhti", 4 },
	{ "may", 5 },
	{ "mai", 5 },
	{ "maj", 5 },
	{ "touko", 5 },
	{ "jun", 6 },
	{ "juin", 6 },
	{ "haz", 6 },
	{ "kesä", 6 },
	{ "jul", 7 },
	{ "juil", 7 },
	{ "tem", 7 },
	{ "heinä", 7 },
	{ "aug", 8 },
	{ "aoû", 8 },
	{ "ago", 8 },
	{ "ağu", 8 },
	{ "elo", 8 },
	{ "sep", 9 },
	{ "set", 9 },
	{ "eyl", 9 },
	{ "syys", 9 },
	{ "oct", 10 },
	{ "okt", 10 },
	{ "out", 10 },
	{ "eki", 10 },
	{ "loka", 10 },
	{ "nov", 11 },
	{ "kas", 11 },
	{ "marras", 11 },
	{ "dec", 12 },
	{ "des", 12 },
	{ "dez", 12 },
	{ "déc", 12 },
	{ "dic", 12 },
	{ "ara", 12 },
	{ "joulu", 12 },
};

static int
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (unsigned char)c >= 0x80;
}

size_t
month_read(const char *s, size_t len, int *month)
{
	size_t best = 0, word = 0;

	while (word < len && is_letter(s[word]))
		word++;
	/* "mar" begins "marras" too: the longest beginning wins. */
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		size_t n = strlen(names[i].start);

		if (n <= word && n > best &&
		    strncasecmp(s, names[i].start, n) == 0) {
			best = n;
			*month = names[i].month;
		}
	}
	if (best == 0)
		return 0;
	return word < len && s[word] == '.' ? word + 1 : word;
}

const char *
month_name(int month)
{
	static const char *const english[] = { "Jan", "Feb", "Mar", "Apr",
		"May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

	return english[month - 1];
}
