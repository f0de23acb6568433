/* test_target.c - upload/target.c and upload/words.c */

#include "config.h"

#include <check.h>
#include <string.h>

#include "base/msg.h"
#include "suites.h"
#include "upload/target.h"
#include "upload/words.h"

static void
swallow(const struct msg *m)
{
	(void)m;
}

/* The checked base, "" when it is refused. */
static const char *
base(const char *url)
{
	static struct buf to;

	buf_clear(&to);
	msg_sink(swallow);
	if (target_base(&to, url, "test") != 0)
		buf_clear(&to);
	msg_sink(NULL);
	return buf_text(&to);
}

START_TEST(base_takes_https_and_http_on_loopback)
{
	ck_assert_str_eq(base("https://a.example/x//"), "https://a.example/x");
	ck_assert_str_eq(base("http://127.0.0.1:80"), "http://127.0.0.1:80");
	ck_assert_str_eq(base("http://[::1]:80/"), "http://[::1]:80");
	ck_assert_str_eq(base("http://localhost"), "http://localhost");
}
END_TEST

START_TEST(base_refuses_what_could_go_elsewhere)
{
	static const char *const bad[] = { "http://a.example",
		"http://127.0.0.1.a.example", "http://127.0.0.1@a.example",
		"https://u:p@a.example", "https://a.example/?x", "https://",
		"https://a.example/#x", "https://a b", "https://a\r\nb: c",
		"ftp://a.example", "a.example", "", "http://localhost.a",
		"http://0.0.0.0", "https://\xc3\xa5.example" };

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		ck_assert_msg(*base(bad[i]) == '\0', "%s", bad[i]);
}
END_TEST

START_TEST(host_is_lower_case_without_port)
{
	struct buf to = { 0 };

	target_host(&to, "https://A.Example:8443/x");
	ck_assert_str_eq(buf_text(&to), "a.example");
	buf_free(&to);
}
END_TEST

START_TEST(segment_is_encoded_whole)
{
	struct buf to = { 0 };

	target_segment(&to, "a/b c.\xc3\xa5?", 9);
	ck_assert_str_eq(buf_text(&to), "a%2Fb%20c.%C3%A5%3F");
	buf_clear(&to);
	target_segment(&to, "..", 2);
	ck_assert_str_eq(buf_text(&to), "%2E%2E");
	buf_free(&to);
}
END_TEST

static const char *
words(const char *body)
{
	static const char *const secrets[] = { "canary", "x", NULL };
	static struct buf to;

	buf_clear(&to);
	words_put(&to, body, strlen(body), secrets);
	return buf_text(&to);
}

START_TEST(words_of_every_shape)
{
	ck_assert_str_eq(words("{\"error\":\"E\",\"message\":\"m\"}"), "E: m");
	ck_assert_str_eq(words("{\"message\":\"m\",\"errors\":[{\"code\":\"c\","
			       "\"field\":\"f\",\"message\":\"n\"}]}"),
	    "m: c: f: n");
	ck_assert_str_eq(
	    words("{\"title\":\"t\",\"detail\":\"d\",\"errors\":{\"f\":"
		  "[\"bad\"]}}"),
	    "t: d: f: bad");
	ck_assert_str_eq(words("plain\ntext"), "plain text");
	ck_assert_str_eq(words(""), "");
}
END_TEST

START_TEST(words_hide_secrets_and_end)
{
	char longer[2000];

	ck_assert_str_eq(words("a canary, canary"), "a ***, ***");
	memset(longer, 'a', sizeof longer);
	longer[sizeof longer - 1] = '\0';
	ck_assert_uint_eq(strlen(words(longer)), 403);
}
END_TEST

Suite *
target_suite(void)
{
	Suite *s = suite_create("target");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, base_takes_https_and_http_on_loopback);
	tcase_add_test(tc, base_refuses_what_could_go_elsewhere);
	tcase_add_test(tc, host_is_lower_case_without_port);
	tcase_add_test(tc, segment_is_encoded_whole);
	tcase_add_test(tc, words_of_every_shape);
	tcase_add_test(tc, words_hide_secrets_and_end);
	suite_add_tcase(s, tc);
	return s;
}
