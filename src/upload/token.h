/* token.h - the right to speak: OAuth 2.0 client credentials. */

#ifndef UPLOAD_TOKEN_H
#define UPLOAD_TOKEN_H

#include <stdint.h>

#include "base/buf.h"
#include "upload/http.h"

struct token;

enum token_got {
	TOKEN_OK,
	TOKEN_LATER,  /* the identity server is busy or away */
	TOKEN_DENIED, /* it does not know us, or not for this scope */
	TOKEN_BROKEN, /* a setting is wrong */
};

/* Where id and secret stand in the request (RFC 6749, section 2.3.1). */
enum token_style {
	TOKEN_BODY,  /* in the form */
	TOKEN_BASIC, /* in the Authorization header */
};

/*
 * Tokens from ${base}/connect/token for ${id} with ${secret}, asked for
 * through ${http} (borrowed).  Copies the texts.
 */
struct token *token_new(struct http *http, const char *base, const char *id,
    const char *secret, enum token_style style);

/*
 * A token that is good for now, asked for when there is none or 80 % of its
 * time is over.  It belongs to ${t} and lives until the next call.  Where it
 * is not TOKEN_OK, ${why} gets the reason in words, and *${wait} what the
 * server asked us to wait in milliseconds, or RETRY_NONE.
 */
enum token_got token_get(
    struct token *t, const char **text, struct buf *why, int64_t *wait);

/* The token was not taken: forget it. */
void token_drop(struct token *t);

/* What must never be shown, NULL-terminated.  Belongs to ${t}, lives until
 * the next call. */
const char *const *token_secrets(struct token *t);

/* Wipes the texts.  NULL is welcome. */
void token_free(struct token *t);

#endif
