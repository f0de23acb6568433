/* profile_test.h - the tests inside a profile. */

#ifndef PARSE_PROFILE_TEST_H
#define PARSE_PROFILE_TEST_H

/*
 * Hold the profile at ${path} to the contract and run the tests in it: whole
 * small files as lines, the records and the reject codes that must come.
 * Says what differs.  0 if all is well, else -1 after messages.
 */
int profile_test(const char *path);

#endif
