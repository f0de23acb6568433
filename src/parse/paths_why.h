/* paths_why.h - why a record of a document is none. */

#ifndef PARSE_PATHS_WHY_H
#define PARSE_PATHS_WHY_H

/* What ${code}, one of paths_row's, says.  Static text. */
const char *paths_why(const char *code);

#endif
