/* ledger_schema.h - the tables of the ledger, and how an older one gets them.
 */

#ifndef UPLOAD_LEDGER_SCHEMA_H
#define UPLOAD_LEDGER_SCHEMA_H

/* "Dito", the application_id of the file. */
#define LEDGER_SCHEMA_APPLICATION 0x4469746f

/* The version this program works with, kept in user_version; what each table
 * is for stands in ditio-ledger(5). */
#define LEDGER_SCHEMA_VERSION 5

/* What brings a ledger from version i (0: empty) to i + 1: many statements,
 * within a transaction and with foreign keys off, so that a table may be made
 * anew; the caller sets user_version. */
extern const char *const ledger_schema[LEDGER_SCHEMA_VERSION];

#endif
