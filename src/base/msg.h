/* msg.h - everything a filter says on stderr goes through here. */

#ifndef BASE_MSG_H
#define BASE_MSG_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define MSG_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define MSG_NORETURN __attribute__((noreturn))
#else
#define MSG_PRINTF(fmt, args)
#define MSG_NORETURN
#endif

enum msg_level {
	MSG_DEBUG,   /* how the work goes; only under --verbose */
	MSG_INFO,    /* the summary; not under --quiet */
	MSG_NOTE,    /* worth knowing, nothing wrong; not under --quiet */
	MSG_WARNING, /* worth a look */
	MSG_ERROR,   /* wrong */
};

/* One message, as a sink gets it.  Absent texts are NULL, numbers 0. */
struct msg {
	const char *tool;
	enum msg_level level;
	const char *file;
	uint64_t line;	 /* from 1; 0 is none */
	uint64_t column; /* from 1, in bytes; 0 is none */
	const char *code;
	const char *text;
};

/* Set the name that starts every message.  First call in every main(). */
void msg_init(const char *progname);

/* The name given to msg_init. */
const char *msg_tool(void);

/* Let only ${least} and above through. */
void msg_threshold(enum msg_level least);

/* True if a message of ${level} would be shown. */
int msg_shows(enum msg_level level);

/* The word for ${level}: "debug", "info", "note", "warning", "error". */
const char *msg_word(enum msg_level level);

/*
 * Give every later message to ${sink} instead of printing it; the sink
 * writes whole lines with msg_raw.  NULL brings plain text back.
 */
void msg_sink(void (*sink)(const struct msg *));

/* Write ${len} bytes to stderr as they are. */
void msg_raw(const char *s, size_t len);

/* Write the string ${s} to stderr; what could drive a terminal comes as \xNN:
 * control bytes, and those that are no UTF-8. */
void msg_safe(const char *s);

/* Room for what msg_escape gives, and a NUL. */
#define MSG_ESCAPE 9

/*
 * Such an escape to ${to}, if the ${len} (1 or more) bytes at ${s} begin with
 * what needs one: the number of bytes it stands for, four of the escape each;
 * else 0.
 */
size_t msg_escape(const char *s, size_t len, char to[MSG_ESCAPE]);

/* Print "name: text\n".  For trouble we found ourselves. */
void msg_warn(const char *fmt, ...) MSG_PRINTF(1, 2);

/* Print "name: text: strerror(errno)\n".  For trouble the system found. */
void msg_warn_errno(const char *fmt, ...) MSG_PRINTF(1, 2);

/* Print "name: text\n" at MSG_INFO, MSG_NOTE and MSG_DEBUG. */
void msg_info(const char *fmt, ...) MSG_PRINTF(1, 2);
void msg_note(const char *fmt, ...) MSG_PRINTF(1, 2);
void msg_debug(const char *fmt, ...) MSG_PRINTF(1, 2);

/*
 * Print "file:line:column: level: text [code]\n", leaving out what is NULL
 * or 0.  These lines are buffered until the next other message or the end.
 * Every part comes out as by msg_safe, so that no file can drive a terminal.
 */
void msg_place(const struct msg *m);

/* Print "name: text\n" and exit STATUS_TROUBLE. */
void msg_die(const char *fmt, ...) MSG_PRINTF(1, 2) MSG_NORETURN;

/* Write out what is still buffered. */
void msg_flush(void);

#endif
