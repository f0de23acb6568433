/* page.h - the parts of the HTML report, and what they share. */

#ifndef VALIDATE_PAGE_H
#define VALIDATE_PAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/out.h"
#include "validate/daily.h"
#include "validate/report.h"
#include "validate/samples.h"
#include "validate/timeline.h"

/* The page stays below 5 MB, whatever there is: so many machines, ... */
#define PAGE_MACHINES 500

/* ... days, weeks or months beside each other, ... */
#define PAGE_COLUMNS 62

/* ... findings, ... */
#define PAGE_FINDINGS 1000

/* ... and characters of an id and of a message. */
#define PAGE_ID 48
#define PAGE_TEXT 280

/* States have looks of their own: the three of Ditio, and two more with the
 * most hours.  The others share the last. */
enum page_look {
	PAGE_WORKING,
	PAGE_IDLE,
	PAGE_MOVING,
	PAGE_FOURTH,
	PAGE_FIFTH,
	PAGE_OTHERS,
	PAGE_LOOKS,
};

/* A finding that is on the page, as its place in the timelines knows it. */
struct page_finding {
	unsigned id; /* its code's row in the totals */
	uint32_t owner;
	int64_t start, end;
	uint64_t line;
	size_t number; /* on the page, from 1 */
};

/* A code, and which of its findings are on the page. */
struct page_code {
	unsigned id;
	size_t number; /* of the first, on the page */
	size_t shown;
};

struct page {
	struct out *out;
	const struct settings *settings;
	const struct report_summary *sum;
	struct names *names;
	const struct daily *daily;
	const struct daily_cell *cell; /* all of the daily ones */
	size_t cells;
	struct timeline *timeline;
	struct samples *samples;
	uint8_t *look;		    /* by state; enum page_look */
	uint32_t state[PAGE_LOOKS]; /* by look, where it has one */
	int64_t seconds[PAGE_LOOKS];
	struct page_code *code; /* as they are told */
	size_t codes;
	struct page_finding *found; /* in order of their keys */
	size_t founds;
};

/* Which state has which look. */
void page_looks(struct page *p);

/* Put the name of a look, "Working" or "others". */
void page_looks_name(const struct page *p, enum page_look look);

/* Its class; and its height in a timeline, of 20: the more a machine gives the
 * higher, so that colour is not needed. */
const char *page_looks_class(enum page_look look);
int page_looks_height(enum page_look look);

/* Hours by look of ${count} cells, in seconds. */
void page_looks_sum(const struct page *p, const struct daily_cell *cell,
    size_t count, int64_t seconds[PAGE_LOOKS]);

/* A bar of them, and what the looks are. */
void page_looks_bar(const struct page *p, const int64_t seconds[PAGE_LOOKS]);
void page_looks_legend(const struct page *p);

/* Put a part of an owner; and all of it that is needed to know it. */
void page_part(const struct page *p, uint32_t owner, enum names_part part);
void page_owner(const struct page *p, uint32_t owner);

/* Put a day, "Wed 2025-01-15". */
void page_date(const struct page *p, int64_t day);

/* Put "3 findings": ${n} and ${one} or ${many}. */
void page_count(
    const struct page *p, uint64_t n, const char *one, const char *many);

/* True if ${day} of ${owner}, or any day of it, is among the timelines. */
int page_has_day(const struct page *p, uint32_t owner, int64_t day);
int page_has_owner(const struct page *p, uint32_t owner);

/* From the beginning to the style; then the parts in their order. */
void page_head(const struct page *p);
void page_verdict(const struct page *p);
void page_machines(const struct page *p);
void page_days(const struct page *p);
void page_strips(const struct page *p);
void page_findings(const struct page *p);

/* Which findings are on the page; and a table of their codes. */
void page_findings_choose(struct page *p);
void page_findings_list(const struct page *p);

/* The number on the page of the finding of a mark, or 0. */
size_t page_findings_number(
    const struct page *p, uint32_t owner, const struct timeline_mark *mark);

/* The class of a severity, and its sign: shape, not only colour. */
const char *page_severity(enum severity severity);
const char *page_sign(enum severity severity);

#endif
