/* month.c - names of months in the languages vendors use. */

#include "config.h"

#include <string.h>

#include "parse/month.h"

/* The longest name, "syyskuuta" or "septiembre", fits. */
#define MOST 16

/*
 * Whole names without their accents, in lower case; Finnish ones as they
 * follow a day's number, which begins with their plain form.  A beginning of
 * ${least} letters is enough: "mar" is March to all but the Finns.
 */
static const struct {
	const char *name;
	int month;
	size_t least;
} names[] = {
	{ "january", 1, 3 },
	{ "januar", 1, 3 },
	{ "januari", 1, 3 },
	{ "janner", 1, 3 },
	{ "janvier", 1, 3 },
	{ "janeiro", 1, 3 },
	{ "enero", 1, 3 },
	{ "ocak", 1, 3 },
	{ "tammikuuta", 1, 3 },
	{ "february", 2, 3 },
	{ "februar", 2, 3 },
	{ "februari", 2, 3 },
	{ "fevrier", 2, 3 },
	{ "febrero", 2, 3 },
	{ "fevereiro", 2, 3 },
	{ "subat", 2, 3 },
	{ "helmikuuta", 2, 3 },
	{ "march", 3, 3 },
	{ "mars", 3, 3 },
	{ "marts", 3, 3 },
	{ "marz", 3, 3 },
	{ "mrz", 3, 3 },
	{ "marzo", 3, 3 },
	{ "marco", 3, 3 },
	{ "mart", 3, 3 },
	{ "maaliskuuta", 3, 3 },
	{ "april", 4, 3 },
	{ "avril", 4, 3 },
	{ "abril", 4, 3 },
	{ "nisan", 4, 3 },
	{ "huhtikuuta", 4, 3 },
	{ "may", 5, 3 },
	{ "mai", 5, 3 },
	{ "maj", 5, 3 },
	{ "mayo", 5, 3 },
	{ "maio", 5, 3 },
	{ "mayis", 5, 3 },
	{ "toukokuuta", 5, 3 },
	{ "june", 6, 3 },
	{ "juni", 6, 3 },
	{ "juin", 6, 3 },
	{ "junio", 6, 3 },
	{ "junho", 6, 3 },
	{ "haziran", 6, 3 },
	{ "kesakuuta", 6, 3 },
	{ "july", 7, 3 },
	{ "juli", 7, 3 },
	{ "juillet", 7, 3 },
	{ "julio", 7, 3 },
	{ "julho", 7, 3 },
	{ "temmuz", 7, 3 },
	{ "heinakuuta", 7, 3 },
	{ "august", 8, 3 },
	{ "augusti", 8, 3 },
	{ "aout", 8, 3 },
	{ "agosto", 8, 3 },
	{ "agustos", 8, 3 },
	{ "elokuuta", 8, 3 },
	{ "september", 9, 3 },
	{ "septembre", 9, 3 },
	{ "septiembre", 9, 3 },
	{ "setiembre", 9, 3 },
	{ "setembro", 9, 3 },
	{ "eylul", 9, 3 },
	{ "syyskuuta", 9, 3 },
	{ "october", 10, 3 },
	{ "oktober", 10, 3 },
	{ "octobre", 10, 3 },
	{ "octubre", 10, 3 },
	{ "outubro", 10, 3 },
	{ "ekim", 10, 3 },
	{ "lokakuuta", 10, 3 },
	{ "november", 11, 3 },
	{ "novembre", 11, 3 },
	{ "noviembre", 11, 3 },
	{ "novembro", 11, 3 },
	{ "kasim", 11, 3 },
	{ "marraskuuta", 11, 4 },
	{ "december", 12, 3 },
	{ "desember", 12, 3 },
	{ "dezember", 12, 3 },
	{ "decembre", 12, 3 },
	{ "diciembre", 12, 3 },
	{ "dezembro", 12, 3 },
	{ "aralik", 12, 3 },
	{ "joulukuuta", 12, 3 },
};

/* The letter behind a lead byte of UTF-8, or 0: only those of the names. */
static char
plain(unsigned char lead, unsigned char c)
{
	static const struct {
		unsigned char lead, c;
		char letter;
	} letters[] = {
		{ 0xc3, 0xa4, 'a' }, /* a with diaeresis */
		{ 0xc3, 0xa7, 'c' }, /* c with cedilla */
		{ 0xc3, 0xa9, 'e' }, /* e with acute */
		{ 0xc3, 0xbb, 'u' }, /* u with circumflex */
		{ 0xc3, 0xbc, 'u' }, /* u with diaeresis */
		{ 0xc4, 0x9e, 'g' }, /* the Turkish ones, large and small */
		{ 0xc4, 0x9f, 'g' },
		{ 0xc4, 0xb0, 'i' },
		{ 0xc4, 0xb1, 'i' },
		{ 0xc5, 0x9e, 's' },
		{ 0xc5, 0x9f, 's' },
	};

	if (lead == 0xc3)
		c |= 0x20; /* large to small */
	for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
		if (letters[i].lead == lead && letters[i].c == c)
			return letters[i].letter;
	return 0;
}

/* The word at ${s}, plain and small: its letters, and the bytes it takes.
 * Anything that stands in no name makes it none. */
static size_t
fold(const char *s, size_t len, char to[MOST], size_t *bytes)
{
	size_t n = 0, i = 0;

	while (i < len) {
		unsigned char c = (unsigned char)s[i];
		char letter;

		if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
			letter = (char)(c | 0x20);
			i++;
		} else if (c < 0x80) {
			break;
		} else {
			letter =
			    i + 1 < len ? plain(c, (unsigned char)s[i + 1]) : 0;
			i += 2;
		}
		if (letter == 0 || n == MOST)
			return 0;
		to[n++] = letter;
	}
	*bytes = i;
	return n;
}

size_t
month_read(const char *s, size_t len, int *month)
{
	char word[MOST];
	size_t bytes = 0, n = fold(s, len, word, &bytes);
	int found = 0;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (n < names[i].least || names[i].name[0] != word[0] ||
		    strncmp(names[i].name, word, n) != 0)
			continue;
		/* "jui" begins two: nobody knows which is meant. */
		if (found != 0 && found != names[i].month)
			return 0;
		found = names[i].month;
	}
	if (found == 0)
		return 0;
	*month = found;
	return bytes < len && s[bytes] == '.' ? bytes + 1 : bytes;
}

const char *
month_name(int month)
{
	static const char *const english[] = { "Jan", "Feb", "Mar", "Apr",
		"May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

	return english[month - 1];
}
