/* disk.h - whether a disk keeps what a ledger needs kept. */

#ifndef UPLOAD_DISK_H
#define UPLOAD_DISK_H

/*
 * Where ${path} lies or will lie: 0 when locks and syncs hold there, -1 after a
 * message when it is a network disk (or one of another system's) where they may
 * not, or when nobody can tell.
 */
int disk_check(const char *path);

/*
 * True if the directory ${dir}, a whole path without links, is on a disk of
 * Windows as WSL 1 mounts them (drvfs), by the list ${mounts}, a file as
 * /proc/mounts.
 */
int disk_is_windows(const char *mounts, const char *dir);

#endif
