/* token.c - the right to speak: OAuth 2.0 client credentials. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "upload/clock.h"
#include "upload/retry.h"
#include "upload/target.h"
#include "upload/token.h"
#include "upload/words.h"
#include "json/json.h"
#include "json/json_read.h"

/* Where expires_in is missing: short enough to be true. */
#define LIFE_S 300

/* A day is the longest Ditio gives. */
#define LIFE_MAX_S UINT64_C(86400)

struct token {
	struct http *http;
	char *url, *id, *secret;
	char *basic; /* id and secret as they stand in the header */
	enum token_style style;
	char *text;    /* NULL: none */
	int64_t renew; /* clock_now when it must be renewed */
	const char *secrets[4];
};

/* Wipe what may hold a secret. */
static void
scrub(struct buf *b)
{
	if (b->data != NULL)
		memset(b->data, 0, b->room);
	buf_free(b);
}

/* ${b} in base64 (RFC 4648); the caller frees. */
static char *
base64(const struct buf *b)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	struct buf to = { 0 };

	for (size_t i = 0; i < b->len; i += 3) {
		unsigned long n = 0;

		for (size_t k = i; k < i + 3; k++)
			n = n << 8 |
			    (k < b->len ? (unsigned char)b->data[k] : 0);
		for (size_t k = 0; k < 4; k++)
			buf_putc(&to, i + k > b->len
					  ? '='
					  : digits[n >> (18 - 6 * k) & 63]);
	}
	return to.data;
}

struct token *
token_new(struct http *http, const char *base, const char *id,
    const char *secret, enum token_style style)
{
	struct token *t = xcalloc(1, sizeof *t);
	struct buf url = { 0 }, who = { 0 };

	t->http = http;
	target_form(&who, id);
	buf_putc(&who, ':');
	target_form(&who, secret);
	t->basic = base64(&who);
	scrub(&who);
	t->style = style;
	buf_printf(&url, "%s/connect/token", base);
	t->url = xstrdup(buf_text(&url));
	t->id = xstrdup(id);
	t->secret = xstrdup(secret);
	buf_free(&url);
	return t;
}

/* Overwrite and free.  Volatile, or the compiler would not write. */
static void
wipe(char *s)
{
	volatile char *p = s;

	if (s != NULL)
		for (size_t n = strlen(s); n > 0; n--)
			*p++ = '\0';
	free(s);
}

void
token_drop(struct token *t)
{
	wipe(t->text);
	t->text = NULL;
}

const char *const *
token_secrets(struct token *t)
{
	t->secrets[0] = t->secret;
	t->secrets[1] = t->basic;
	t->secrets[2] = t->text;
	return t->secrets;
}

/* A token goes into a header: visible ASCII only. */
static int
is_sound(const struct json *j)
{
	const char *s = json_string(j);

	for (size_t i = 0; s != NULL && i < j->len; i++)
		if (s[i] <= ' ' || s[i] > '~')
			return 0;
	return s != NULL && j->len > 0;
}

/* Keep the token of an answer of status 200. */
static enum token_got
keep(struct token *t, const struct http_answer *a, int64_t asked,
    struct buf *why)
{
	struct json_read_error error;
	struct json *top = json_read(
	    buf_text(&a->body), a->body.len, JSON_READ_STRICT, &error);
	const struct json *text = json_get(top, "access_token");
	const struct json *life = json_get(top, "expires_in");
	uint64_t seconds = LIFE_S;
	enum token_got got = TOKEN_BROKEN;

	if (life != NULL && life->text != NULL &&
	    number_whole(life->text, life->len, LIFE_MAX_S, &seconds) != 0)
		seconds = LIFE_S;
	if (is_sound(text)) {
		t->text = xstrdup(text->text);
		t->renew = asked + (int64_t)seconds * 800;
		got = TOKEN_OK;
	} else {
		buf_printf(why,
		    "%s gave no access_token; check --identity-base", t->url);
	}
	json_free(top);
	return got;
}

/* What an OAuth error (RFC 6749, section 5.2) is for people. */
static const char *
meaning(const struct http_answer *a)
{
	static const struct {
		const char *code, *words;
	} errors[] = {
		{ "invalid_client",
		    "client id or secret is wrong, disabled, expired, or of "
		    "another environment: test and production do not share "
		    "them" },
		{ "invalid_scope",
		    "the scope masstransportapiv1 is not granted to this "
		    "client: ask your Ditio contact for it" },
		{ "unauthorized_client",
		    "this client may not ask for tokens by its secret: ask "
		    "your Ditio contact" },
		{ "unsupported_grant_type",
		    "it gives no tokens to client credentials; check "
		    "--identity-base" },
		{ "invalid_request",
		    "it wants the credentials elsewhere, perhaps; see "
		    "--auth-style" },
	};
	struct json_read_error bad;
	struct json *top =
	    json_read(buf_text(&a->body), a->body.len, JSON_READ_STRICT, &bad);
	const char *words = "are client id and secret of this environment, "
			    "and the scope granted?";

	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
		if (json_is(json_get(top, "error"), errors[i].code))
			words = errors[i].words;
	json_free(top);
	return words;
}

static enum token_got
judge(struct token *t, const struct http_answer *a, struct buf *why,
    int64_t *wait)
{
	buf_printf(why, "%s: ", t->url);
	if (a->status == 0) {
		buf_puts(why, buf_text(&a->trouble));
		return a->result == HTTP_NO_TRUST ? TOKEN_BROKEN : TOKEN_LATER;
	}
	buf_printf(why, "HTTP %d: ", a->status);
	words_put(why, buf_text(&a->body), a->body.len, token_secrets(t));
	*wait = retry_after(
	    buf_text(&a->retry_after), buf_text(&a->date), clock_wall());
	if (a->status == 408 || a->status == 429 || a->status >= 500)
		return TOKEN_LATER;
	if (a->status == 400 || a->status == 401 || a->status == 403) {
		buf_printf(why, " (%s)", meaning(a));
		return TOKEN_DENIED;
	}
	buf_puts(why, " (check --identity-base)");
	return TOKEN_BROKEN;
}

static void
put_form(const struct token *t, struct buf *form)
{
	buf_puts(form, "grant_type=client_credentials");
	if (t->style == TOKEN_BODY) {
		buf_puts(form, "&client_id=");
		target_form(form, t->id);
		buf_puts(form, "&client_secret=");
		target_form(form, t->secret);
	}
	buf_puts(form, "&scope=masstransportapiv1");
}

enum token_got
token_get(struct token *t, const char **text, struct buf *why, int64_t *wait)
{
	struct buf form = { 0 };
	struct http_answer answer = { 0 };
	struct http_request q = { .url = t->url,
		.content_type = "application/x-www-form-urlencoded" };
	enum token_got got = TOKEN_OK;
	int64_t now = clock_now();

	*wait = RETRY_NONE;
	if (t->text == NULL || now >= t->renew) {
		token_drop(t);
		q.basic = t->style == TOKEN_BASIC ? t->basic : NULL;
		put_form(t, &form);
		q.body = form.data;
		q.body_len = form.len;
		http_do(t->http, &q, &answer);
		if (answer.status == 200)
			got = keep(t, &answer, now, why);
		else
			got = judge(t, &answer, why, wait);
		scrub(&form);
		scrub(&answer.body);
		http_answer_free(&answer);
	}
	*text = t->text;
	return got;
}

void
token_free(struct token *t)
{
	if (t == NULL)
		return;
	wipe(t->text);
	wipe(t->secret);
	wipe(t->basic);
	free(t->id);
	free(t->url);
	free(t);
}
