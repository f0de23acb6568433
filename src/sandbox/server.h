/* server.h - HTTP in front of the routes; the door to libmicrohttpd. */

#ifndef SANDBOX_SERVER_H
#define SANDBOX_SERVER_H

#include <stddef.h>
#include <stdint.h>

#include "sandbox/routes.h"

struct server;

/*
 * Listen on ${address} (an IPv4 address) and ${port}, 0 being any free one;
 * bodies larger than ${max_body} bytes are answered 413.  Requests are
 * answered one after another in a thread of the server's own: ${routes} and
 * the store behind it belong to that thread until server_stop.  NULL after a
 * message.
 */
struct server *server_start(
    const char *address, uint16_t port, size_t max_body, struct routes *routes);

/* The port it listens on. */
uint16_t server_port(const struct server *s);

/* Finish what is being answered, then stop.  NULL is welcome. */
void server_stop(struct server *s);

#endif
