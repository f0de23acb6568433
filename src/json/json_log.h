/* json_log.h - messages as JSON lines, for --log=json. */

#ifndef JSON_JSON_LOG_H
#define JSON_JSON_LOG_H

/*
 * Choose how messages look: "text" or "json" (one object a line with tool,
 * level, message and, where known, file, line, column, code).  0, or -1 when
 * ${format} is neither.
 */
int json_log_format(const char *format);

#endif
