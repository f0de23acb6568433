/* csv_cut.c - ordinary CSV rows, cut where they lie in the input's buffer. */

#include "config.h"

#include "base/utf8.h"
#include "parse/csv_block.h"
#include "parse/csv_cut.h"

/*
 * The bytes are looked at once, 64 at a time: a bit for each at which a cell
 * ends, and for each that says that this row is none for us.  Who takes a row
 * goes from bit to bit.
 */

/* What not all rows need takes no registers from what they do. */
#define NOT_INLINE __attribute__((noinline))

void
csv_cut_forget(struct csv_cut *x)
{
	x->row = x->end = NULL;
}

/* Begin a row of which no byte was looked at. */
static int
begin(struct csv_cut *x, struct input *in)
{
	size_t len;

	x->row = input_peek(in, 1, &len);
	x->end = x->row != NULL ? x->row + len : NULL;
	x->next = x->row;
	x->cuts = x->inside = 0;
	x->is_odd = x->is_high = 0;
	return x->row != NULL;
}

/* Each bit: whether there is an odd number of bits in ${v} up to it. */
static uint64_t
parity(uint64_t v)
{
	v ^= v << 1;
	v ^= v << 2;
	v ^= v << 4;
	v ^= v << 8;
	v ^= v << 16;
	return v ^ v << 32;
}

/*
 * A block in which more than cells' ends must be seen.  What is inside of
 * quotes ends none; but newlines stay, at which the row proves to be none for
 * us.  So it does at a quote that neither opens nor closes a cell, at a CR that
 * ends no line, and at a NUL.
 */
static uint64_t NOT_INLINE
look_closely(struct csv_cut *x, const char *p, uint64_t cuts)
{
	uint64_t newlines = csv_block_find(p, '\n');
	uint64_t crs = csv_block_find(p, '\r');
	uint64_t quotes = csv_block_find(p, x->quote);
	uint64_t inside = parity(quotes) ^ x->inside;
	uint64_t opening = quotes & inside, closing = quotes & ~inside;
	uint64_t first = p == x->row || p[-1] == x->delimiter || p[-1] == '\n';
	char next = p[CSV_BLOCK];
	uint64_t doubts = csv_block_find(p, '\0');

	cuts = (cuts & ~inside) | newlines;
	doubts |= opening & ~(cuts << 1 | first);
	doubts |=
	    closing &
	    ~((cuts | crs) >> 1 |
		(uint64_t)(next == x->delimiter || next == '\n' || next == '\r')
		    << 63);
	doubts |= crs & ~(newlines >> 1 | (uint64_t)(next == '\n') << 63);
	x->inside = -(inside >> 63);
	return cuts | doubts;
}

/* Look at the next block, and one byte more.  False if they are not there. */
static inline int
look(struct csv_cut *x, char delimiter, char quote)
{
	const char *p = x->next;

	if (x->end - p <= CSV_BLOCK)
		return 0;
	x->next = p + CSV_BLOCK;
	x->cuts = csv_block_cuts(p, delimiter, '\n', quote, &x->is_odd);
	if (x->is_odd || x->inside != 0) {
		x->is_odd = 1;
		x->is_high |= csv_block_high(p);
		x->cuts = look_closely(x, p, x->cuts);
	}
	return 1;
}

/* The row as it is meant: without a CR at its end and quotes around cells. */
static int NOT_INLINE
finish(struct csv_cut *x, struct csv_cut_row *row)
{
	struct rows_cell *last = &row->cell[row->count - 1];

	if (row->raw_len > 0 && row->raw[row->raw_len - 1] == '\r') {
		row->raw_len--;
		last->len--;
	}
	for (struct rows_cell *c = row->cell; c <= last; c++) {
		if (c->len == 0 || c->s[0] != x->quote)
			continue;
		/* There is no third, or there had been a doubt. */
		if (c->len == 1 || c->s[c->len - 1] != x->quote)
			return 0;
		c->s++;
		c->len -= 2;
	}
	if (!x->is_high)
		return 1;
	/* Whether the block the next row begins in has such was not noted. */
	x->is_high = x->is_odd;
	return utf8_prefix(row->raw, row->raw_len) == row->raw_len;
}

int
csv_cut(struct csv_cut *x, struct input *in, struct csv_cut_row *row)
{
	/* Copies, which the compiler knows that no cell's place is. */
	const char delimiter = x->delimiter, quote = x->quote;
	const char *start, *at, *block;
	struct rows_cell *cell = row->cell;
	uint64_t cuts;
	int is_odd;

	if (x->row == x->end && !begin(x, in))
		return 0;
	start = x->row;
	cuts = x->cuts;
	block = x->next - CSV_BLOCK;
	is_odd = x->is_odd;
	do {
		while (cuts == 0) {
			/* A block has so many cells, and no more. */
			if (cell > row->cell + ROWS_CELLS - CSV_BLOCK ||
			    !look(x, delimiter, quote))
				return 0;
			cuts = x->cuts;
			block = x->next - CSV_BLOCK;
			is_odd |= x->is_odd;
		}
		at = block + __builtin_ctzll(cuts);
		cuts &= cuts - 1;
		cell->s = start;
		cell++->len = (size_t)(at - start);
		start = at + 1;
	} while (*at == delimiter);
	row->raw = x->row;
	row->raw_len = (size_t)(at - x->row);
	row->count = (size_t)(cell - row->cell);
	/* Long rows may have cells that are too long. */
	if (*at != '\n' || row->raw_len > ROWS_CELL ||
	    (is_odd && !finish(x, row)))
		return 0;
	row->line = input_take_line(in, (size_t)(start - x->row));
	x->row = start;
	x->cuts = cuts;
	return 1;
}
