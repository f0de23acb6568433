/* intake_vendor.c - what vendors call the machines of new periods. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "upload/intake_inside.h"

/* A machine that a vendor's id came under, and the others, but for those that
 * a person told apart from it. */
struct one {
	int64_t machine;
	int64_t *others;
	size_t n;
};

/* All machines that one vendor's id came under: mostly one. */
struct intake_vendor {
	struct one *list;
	size_t n;
};

int64_t
intake_vendor_number(struct intake *in, const struct record *r)
{
	struct numbers *of;
	int64_t *n;

	if (r->vendor == 0)
		return 0;
	if (r->owner >= in->vendors_n) {
		uint32_t more = r->owner < 32 ? 64 : r->owner * 2;

		in->vendors =
		    xreallocarray(in->vendors, more, sizeof *in->vendors);
		memset(in->vendors + in->vendors_n, 0,
		    (more - in->vendors_n) * sizeof *in->vendors);
		in->vendors_n = more;
	}
	of = &in->vendors[r->owner];
	n = intake_meet_place(of, r->vendor);
	if (*n > 0)
		return *n;
	buf_clear(&in->company);
	buf_clear(&in->name);
	names_put_part(in->with.names, r->owner, NAMES_COMPANY, &in->company);
	names_put_vendor(in->with.names, r->owner, r->vendor, &in->name);
	return *n = ledger_machine(in->with.ledger, buf_text(&in->company),
		   buf_text(&in->name));
}

static struct one *
find(const struct intake_vendor *v, int64_t machine)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->list[i].machine == machine)
			return &v->list[i];
	return NULL;
}

static void
add_other(struct one *one, int64_t machine)
{
	one->others =
	    xreallocarray(one->others, one->n + 1, sizeof *one->others);
	one->others[one->n++] = machine;
}

/* The last one of the list is new: ${other} is one besides it. */
static void
meet_other(void *context, int64_t other, int is_apart)
{
	struct intake_vendor *v = context;
	struct one *one = &v->list[v->n - 1], *known = find(v, other);

	if (is_apart)
		return;
	add_other(one, other);
	if (known != NULL)
		add_other(known, one->machine);
}

/* The machine among those of the vendor's id; NULL after a message. */
static const struct one *
one_of(struct intake *in, int64_t vendor, int64_t machine)
{
	struct intake_vendor *v;
	struct one *one;

	if (vendor >= in->called_n) {
		size_t more = (size_t)vendor * 2 + 16;

		in->called =
		    xreallocarray(in->called, more, sizeof *in->called);
		memset(in->called + in->called_n, 0,
		    (more - (size_t)in->called_n) * sizeof *in->called);
		in->called_n = (int64_t)more;
	}
	v = &in->called[vendor];
	if ((one = find(v, machine)) != NULL)
		return one;
	v->list = xreallocarray(v->list, v->n + 1, sizeof *v->list);
	v->list[v->n++] = (struct one){ .machine = machine };
	if (ledger_alias(in->with.ledger, vendor, machine, meet_other, v) != 0)
		return NULL;
	return &v->list[v->n - 1];
}

int
intake_vendor_meet(struct intake *in, int64_t machine,
    const struct ledger_period *mine, struct ledger_period *met, int64_t *other)
{
	int64_t vendor = mine->vendor > 0 ? mine->vendor : machine;
	const struct one *one = one_of(in, vendor, machine);
	int got = one != NULL ? 0 : -1;

	for (size_t i = 0; got == 0 && i < one->n; i++) {
		*other = one->others[i];
		got = ledger_alias_meets(
		    in->with.ledger, vendor, *other, mine, met);
	}
	return got;
}

int
intake_vendor_known(
    struct intake *in, int64_t machine, const struct ledger_period *mine)
{
	return one_of(in, mine->vendor > 0 ? mine->vendor : machine, machine) !=
		       NULL
		   ? 0
		   : -1;
}

void
intake_vendor_free(struct intake *in)
{
	for (uint32_t i = 0; i < in->vendors_n; i++)
		free(in->vendors[i].list);
	free(in->vendors);
	for (int64_t v = 0; v < in->called_n; v++) {
		for (size_t i = 0; i < in->called[v].n; i++)
			free(in->called[v].list[i].others);
		free(in->called[v].list);
	}
	free(in->called);
}
