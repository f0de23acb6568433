/* report_document.h - one document: the totals, and some findings of each code.
 */

#ifndef VALIDATE_REPORT_DOCUMENT_H
#define VALIDATE_REPORT_DOCUMENT_H

#include "validate/report.h"

/* schemas/report.schema.json says what it is. */
extern const struct report_format report_document;

/* A finding as an object, as schemas/finding.schema.json has it. */
void report_document_finding(
    struct json_write *w, const struct report_finding *f);

/* Of that: what it costs, what became of the record, its fingerprint and the
 * record's own fields; members of an open object. */
void report_document_about(
    struct json_write *w, const struct report_finding *f);

/* A record's own fields, as in the stream: members of an open object. */
void report_document_record(
    struct json_write *w, const struct names *names, const struct record *r);

/* What all came to, and what one code did: members of an open object. */
void report_document_summary(
    struct json_write *w, const struct report_summary *s);
void report_document_total(struct json_write *w, const struct report_total *t);

#endif
