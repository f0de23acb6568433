/* disk.c - whether a disk keeps what a ledger needs kept. */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#ifdef __linux__
#include <mntent.h>
#include <stdio.h>
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
 * lightly.  WSL 2 shows the disks of Windows (drvfs) as 9p. */
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

/* WSL 1 gives its own disks and those of Windows one number. */
#define WSL_NUMBER 0x53464846UL

static int
holds(const char *mount, const char *dir)
{
	size_t len = strlen(mount);

	if (len > 0 && mount[len - 1] == '/')
		len--;
	return strncmp(mount, dir, len) == 0 &&
	       (dir[len] == '/' || dir[len] == '\0');
}

/* The last one that is deepest counts: it lies over the others. */
int
disk_is_windows(const char *mounts, const char *dir)
{
	FILE *f = setmntent(mounts, "re");
	const struct mntent *m;
	size_t deepest = 0;
	int is_windows = 0;

	if (f == NULL)
		return 0;
	while ((m = getmntent(f)) != NULL) {
		size_t len = strlen(m->mnt_dir);

		if (len < deepest || !holds(m->mnt_dir, dir))
			continue;
		deepest = len;
		is_windows = strcmp(m->mnt_type, "drvfs") == 0;
	}
	endmntent(f);
	return is_windows;
}

static const char *
name_in_mounts(const char *dir)
{
	char *whole = realpath(dir, NULL);
	int is_windows =
	    whole != NULL && disk_is_windows("/proc/self/mounts", whole);

	free(whole);
	return is_windows ? "a disk of Windows (drvfs)" : NULL;
}

static const char *
bad_name(const struct statfs *fs, const char *dir)
{
	if ((fs->f_type & 0xffffffffUL) == WSL_NUMBER)
		return name_in_mounts(dir);
	/* The type is signed in places: 32 bits are what counts. */
	for (size_t i = 0; i < sizeof bad_disks / sizeof *bad_disks; i++)
		if ((fs->f_type & 0xffffffffUL) == bad_disks[i].number)
			return bad_disks[i].name;
	return NULL;
}
#else
/* Elsewhere types have names. */
int
disk_is_windows(const char *mounts, const char *dir)
{
	(void)mounts;
	(void)dir;
	return 0;
}

static const char *
bad_name(const struct statfs *fs, const char *dir)
{
	static const char *const names[] = { "nfs", "smbfs", "cifs", "webdav",
		"p9fs" };

	(void)dir;
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
		name = bad_name(&fs, dir);
	if (name != NULL)
		msg_warn("%s: a ledger cannot live on %s, where locks and "
			 "syncs may not hold: it could send twice; put it on "
			 "a local disk with --ledger",
		    path, name);
	free(dir);
	return bad || name != NULL ? -1 : 0;
}
