/* disk.c - whether a disk keeps what a ledger needs kept. */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#ifdef __linux__
#include <sys/vfs.h>
#else
#include <sys/param.h>

#include <sys/mount.h>
#endif

#include "base/msg.h"
#include "base/xalloc.h"
#include "upload/disk.h"

#ifdef __linux__
/* Numbers from statfs(2), of disks whose other ends take a lock or a sync
 * lightly.  WSL shows the disks of Windows (drvfs) as 9p. */
static const struct {
	unsigned long number;
	const char *name;
} bad_disks[] = {
	{ 0x6969, "NFS" },
	{ 0x517b, "SMB" },
	{ 0xfe534d42, "SMB" },
	{ 0xff534d42, "SMB (CIFS)" },
	{ 0x01021997, "9p (under WSL a disk of Windows, drvfs)" },
};

static const char *
bad_name(const struct statfs *fs)
{
	/* The type is signed in places: 32 bits are what counts. */
	for (size_t i = 0; i < sizeof bad_disks / sizeof *bad_disks; i++)
		if ((fs->f_type & 0xffffffffUL) == bad_disks[i].number)
			return bad_disks[i].name;
	return NULL;
}
#else
/* Elsewhere types have names. */
static const char *
bad_name(const struct statfs *fs)
{
	static const char *const names[] = { "nfs", "smbfs", "cifs", "webdav",
		"p9fs" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcasecmp(fs->f_fstypename, names[i]) == 0)
			return names[i];
	return NULL;
}
#endif

int
disk_check(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = NULL;
	char *dir = slash == NULL ? xstrdup(".")
				  : xstrndup(path, (size_t)(slash - path) + 1);
	struct statfs fs;
	int bad = statfs(dir, &fs) != 0;

	if (bad)
		msg_warn_errno("%s", dir);
	else
		name = bad_name(&fs);
	if (name != NULL)
		msg_warn("%s: a ledger cannot live on %s, where locks and "
			 "syncs may not hold: it could send twice; put it on "
			 "a local disk with --ledger",
		    path, name);
	free(dir);
	return bad || name != NULL ? -1 : 0;
}
