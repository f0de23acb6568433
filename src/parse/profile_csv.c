/* profile_csv.c - how a profile says that tables are written. */

#include "config.h"

#include <string.h>

#include "base/encoding.h"
#include "base/utf8.h"
#include "parse/profile_csv.h"

static void
read_delimiter(struct profile_keys *k, const struct json *j)
{
	profile_keys_char(k, j, &k->profile->dialect.delimiter);
}

static void
read_quote(struct profile_keys *k, const struct json *j)
{
	profile_keys_char(k, j, &k->profile->dialect.quote);
}

static void
read_decimal(struct profile_keys *k, const struct json *j)
{
	char c = '.';

	profile_keys_char(k, j, &c);
	if (c != '.' && c != ',')
		profile_keys_wrong(k, j, "\"decimal\" is \".\" or \",\"");
	k->profile->numbers.decimal = c;
}

static void
read_thousands(struct profile_keys *k, const struct json *j)
{
	const char *s = json_string(j);
	size_t n = s != NULL ? strlen(s) : 0;

	if (n == 0 || utf8_character(s, n) != n || (*s >= '0' && *s <= '9')) {
		profile_keys_wrong(
		    k, j, "\"thousands\" is one character, no digit");
		return;
	}
	profile_keys_text(k, j, &k->profile->thousands);
	k->profile->numbers.thousands = k->profile->thousands;
}

static void
read_encoding(struct profile_keys *k, const struct json *j)
{
	struct encoding *e;

	profile_keys_text(k, j, &k->profile->encoding);
	if (k->profile->encoding == NULL)
		return;
	if ((e = encoding_new(k->profile->encoding)) == NULL)
		profile_keys_wrong(k, j,
		    "no such encoding: %s ('iconv -l' lists them)",
		    k->profile->encoding);
	encoding_free(e);
}

static void
read_header(struct profile_keys *k, const struct json *j)
{
	struct profile *p = k->profile;

	if (j->type == JSON_BOOL) {
		p->has_header = j->truth;
	} else if (j->type == JSON_ARRAY && j->count > 0) {
		p->header_words = profile_keys_texts(k, j, &p->header_count);
	} else {
		profile_keys_wrong(
		    k, j, "\"header\" is true, false or a list of its words");
	}
}

static void
read_skip_lines(struct profile_keys *k, const struct json *j)
{
	profile_keys_count(k, j, &k->profile->skip_lines);
}

static void
read_skip_after(struct profile_keys *k, const struct json *j)
{
	profile_keys_count(k, j, &k->profile->skip_after_header);
}

static void
read_comment(struct profile_keys *k, const struct json *j)
{
	profile_keys_text(k, j, &k->profile->comment);
	k->profile->dialect.comment = k->profile->comment;
	if (k->profile->comment != NULL && k->profile->comment[0] == '\0')
		profile_keys_wrong(k, j, "\"comment\" must not be empty");
}

void
profile_csv_read(struct profile_keys *k, const struct json *j)
{
	static const struct profile_keys_row rows[] = {
		{ "delimiter", read_delimiter },
		{ "quote", read_quote },
		{ "encoding", read_encoding },
		{ "header", read_header },
		{ "skipLines", read_skip_lines },
		{ "skipAfterHeader", read_skip_after },
		{ "comment", read_comment },
		{ "decimal", read_decimal },
		{ "thousands", read_thousands },
		{ NULL, NULL },
	};

	profile_keys_object(k, j, rows);
}
