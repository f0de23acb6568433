/* far.c - the far end: where it is, who we are, and a client to speak to it. */

#include "config.h"

#include <unistd.h>

#include "base/msg.h"
#include "upload/far.h"
#include "upload/retry.h"
#include "upload/secret.h"
#include "upload/target.h"

int
far_base(struct far *f, const struct job *job, int optional)
{
	if (job->base == NULL && (!optional || job->target == NULL)) {
		msg_warn("where to? set DITIO_MASSTRANSPORT_BASE or use "
			 "--base; your Ditio contact gives the address");
		return -1;
	}
	if (job->base != NULL &&
	    target_base(&f->base, job->base, "--base") != 0)
		return -1;
	if (job->target != NULL)
		buf_puts(&f->target, job->target);
	else
		target_host(&f->target, f->base.data);
	return 0;
}

int
far_who(struct far *f, const struct job *job)
{
	if (job->identity == NULL) {
		msg_warn("who are you? set DITIO_IDENTITY_BASE or use "
			 "--identity-base");
		return -1;
	}
	if (target_base(&f->identity, job->identity, "--identity-base") != 0)
		return -1;
	if (job->client == NULL || *job->client == '\0') {
		msg_warn("no client id: set DITIO_CLIENT_ID or use "
			 "--client-id");
		return -1;
	}
	if (job->map != NULL && (f->map = figures_map_read(job->map)) == NULL)
		return -1;
	if (job->cacert != NULL && access(job->cacert, R_OK) != 0) {
		msg_warn_errno("%s", job->cacert);
		return -1;
	}
	return secret_read(job->secret_file, job->secret_fd, &f->secret);
}

void
far_open(struct far *f, const struct job *job)
{
	if (f->http != NULL)
		return;
	f->http = http_new(job->cacert, job->timeout);
	f->token = token_new(f->http, buf_text(&f->identity), job->client,
	    buf_text(&f->secret), job->basic ? TOKEN_BASIC : TOKEN_BODY);
	f->api = (struct api){ .http = f->http,
		.token = f->token,
		.base = buf_text(&f->base),
		.apart = retry_apart(&job->rate),
		.wait = RETRY_NONE };
}

void
far_free(struct far *f)
{
	if (f == NULL)
		return;
	api_free(&f->api);
	token_free(f->token);
	http_free(f->http);
	figures_map_free(f->map);
	secret_free(&f->secret);
	buf_free(&f->base);
	buf_free(&f->identity);
	buf_free(&f->target);
}
