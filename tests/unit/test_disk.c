/* test_disk.c - upload/disk.c: which disks a ledger is refused on. */

#include "config.h"

#include <check.h>
#include <string.h>

#include "help.h"
#include "suites.h"
#include "upload/disk.h"

START_TEST(disk_of_windows_is_told_by_the_deepest_mount)
{
	static const char mounts[] =
	    "rootfs / lxfs rw,noatime 0 0\n"
	    "tmpfs /run tmpfs rw 0 0\n"
	    "C:\\134 /mnt/c drvfs rw,noatime,uid=1000 0 0\n"
	    "none /mnt/c/linux tmpfs rw 0 0\n"
	    "D: /mnt/my\\040disk drvfs rw 0 0\n"
	    "none /mnt/over drvfs rw 0 0\n"
	    "none /mnt/over tmpfs rw 0 0\n";
	static const char *const windows[] = { "/mnt/c", "/mnt/c/Users/x",
		"/mnt/my disk/x" };
	static const char *const others[] = { "/", "/home/x", "/mnt", "/mnt/cd",
		"/mnt/c/linux/x", "/mnt/over/x" };
	char *path = help_file(mounts, strlen(mounts));

#ifdef __linux__
	for (size_t i = 0; i < sizeof windows / sizeof windows[0]; i++)
		ck_assert_msg(
		    disk_is_windows(path, windows[i]), "%s", windows[i]);
#else
	(void)windows;
#endif
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		ck_assert_msg(
		    !disk_is_windows(path, others[i]), "%s", others[i]);
	ck_assert(!disk_is_windows("/nonexistent/mounts", "/mnt/c"));
	help_remove(path);
}
END_TEST

Suite *
disk_suite(void)
{
	Suite *s = suite_create("disk");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, disk_of_windows_is_told_by_the_deepest_mount);
	suite_add_tcase(s, tc);
	return s;
}
