/* projects.h - machines that are in several projects. */

#ifndef VALIDATE_PROJECTS_H
#define VALIDATE_PROJECTS_H

#include <stddef.h>
#include <stdint.h>

#include "record/names.h"
#include "record/record.h"

struct projects;

/*
 * Of all owners that ${names} has by now; borrowed until projects_free.  NULL
 * when no machine is in two projects of one company.  ${moves}: periods may
 * grow into time that they did not have when they were looked at.  ${fills}:
 * projects_elsewhere will be asked; that takes 16 bytes more for each stretch
 * of time that such a machine was in a project.
 *
 * What is kept of a machine is one record for each stretch of time that it was
 * in a project, on those days (UTC) on which it was in two.  Where that takes
 * more than a quarter of ${memory}, and more than 8 MiB, the program ends with
 * a message.
 */
struct projects *projects_new(
    const struct names *names, size_t memory, int moves, int fills);

/* Each record, in record order, before any is met; then there are no more. */
void projects_look(struct projects *f, const struct record *r);
void projects_looked(struct projects *f);

/* After that: true if there is a day on which the machine of ${owner} is in
 * several projects; the others need not be met. */
int projects_shares(const struct projects *f, uint32_t owner);

/* True if any other project has a period of the machine of ${owner}, which is
 * not estimated, in this time.  ${to} is not included. */
int projects_elsewhere(
    const struct projects *f, uint32_t owner, int64_t from, int64_t to);

/*
 * The seconds of ${r} that kept periods of its machine in other projects
 * cover, each second once; ${other} gets the first of those.  Owners come one
 * after another here and in projects_keep, each owner's starts in order.
 */
int64_t projects_meet(
    struct projects *f, const struct record *r, struct record *other);
void projects_keep(struct projects *f, const struct record *r);

/* NULL is welcome. */
void projects_free(struct projects *f);

#endif
