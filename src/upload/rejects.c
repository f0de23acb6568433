/* rejects.c - periods that were not sent or not taken, with the reason. */

#include "config.h"

#include <stdlib.h>

#include "base/msg.h"
#include "base/out.h"
#include "base/xalloc.h"
#include "upload/rejects.h"
#include "json/json_write.h"

struct rejects {
	struct out *out; /* NULL: nowhere */
	struct json_write *json;
};

struct rejects *
rejects_open(const char *path)
{
	struct rejects *r = xcalloc(1, sizeof *r);

	r->json = json_write_new(0);
	if (path == NULL || (r->out = out_open(path)) != NULL)
		return r;
	rejects_close(r);
	return NULL;
}

void
rejects_put(struct rejects *r, const struct problem *p, const char *id,
    const struct envelope_record *x)
{
	struct json_write *w = r->json;
	const char *line;
	size_t len;

	if (r->out == NULL)
		return;
	json_write_object(w);
	json_write_key(w, "tool");
	json_write_text(w, msg_tool());
	json_write_key(w, "file");
	json_write_text(w, p->file);
	json_write_key(w, "line");
	json_write_uint(w, p->line);
	json_write_key(w, "code");
	json_write_text(w, p->code);
	json_write_key(w, "severity");
	json_write_text(w, problem_word(p->severity));
	json_write_key(w, "message");
	json_write_text(w, buf_text(&p->text));
	json_write_key(w, "batch");
	json_write_text(w, id);
	json_write_key(w, "raw");
	json_write_string(w, x->text, x->len);
	json_write_end(w);
	line = json_write_take(w, &len);
	out_put(r->out, line, len);
	out_put(r->out, "\n", 1);
}

int
rejects_close(struct rejects *r)
{
	int bad;

	if (r == NULL)
		return 0;
	bad = out_finish(r->out);
	json_write_free(r->json);
	free(r);
	return bad;
}
