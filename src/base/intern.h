/* intern.h - texts kept once and known by small numbers. */

#ifndef BASE_INTERN_H
#define BASE_INTERN_H

#include <stddef.h>
#include <stdint.h>

struct intern;

struct intern *intern_new(void);

/*
 * Where the texts take more than half of the ${memory} bytes that --memory
 * gives, tables included, and more than 8 MiB, the program ends with a message.
 * Without a limit it never does.
 */
void intern_limit(struct intern *t, size_t memory);

/*
 * The number of the ${len} bytes at ${s}, from 0 in order of first sight.
 * Hashed with a random key, so that no file can make it slow.
 */
uint32_t intern_id(struct intern *t, const char *s, size_t len);

/* The number, or INTERN_NONE when the text is not known. */
#define INTERN_NONE UINT32_MAX
uint32_t intern_find(const struct intern *t, const char *s, size_t len);

/*
 * The text of ${id}.  Belongs to ${t}, lives as long.  INTERN_BEYOND bytes of
 * NUL follow it, so that whoever copies it may copy in big pieces.
 */
#define INTERN_BEYOND 16
const char *intern_text(const struct intern *t, uint32_t id, size_t *len);

/*
 * Give every text its rank: its place among all in the order of their bytes,
 * where the beginning of another comes before it.  Texts met later have none
 * until the next call, which sorts only them.
 */
void intern_rank_all(struct intern *t);

/* The rank of ${id}, or INTERN_NONE before it has one. */
uint32_t intern_rank(const struct intern *t, uint32_t id);

/* How many texts there are, and the memory they take, tables included. */
uint32_t intern_count(const struct intern *t);
size_t intern_memory(const struct intern *t);

/* NULL is welcome. */
void intern_free(struct intern *t);

#endif
