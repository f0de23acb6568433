/* test_verdict.c - upload/verdict.c, row by row. */

#include "config.h"

#include <check.h>

#include "suites.h"
#include "upload/verdict.h"

/* What must come of an answer, whatever happened to the rest of it. */
static const struct {
	int from, to;
	enum verdict verdict;
} by_status[] = {
	{ 200, 200, VERDICT_DOUBT },
	{ 201, 201, VERDICT_ACCEPTED },
	{ 202, 299, VERDICT_DOUBT },
	{ 300, 300, VERDICT_DOUBT },
	{ 301, 301, VERDICT_BROKEN },
	{ 302, 306, VERDICT_DOUBT },
	{ 307, 308, VERDICT_BROKEN },
	{ 309, 399, VERDICT_DOUBT },
	{ 400, 400, VERDICT_REFUSED },
	{ 401, 401, VERDICT_TOKEN },
	{ 402, 402, VERDICT_DOUBT },
	{ 403, 405, VERDICT_DENIED },
	{ 406, 407, VERDICT_DOUBT },
	{ 408, 408, VERDICT_LATER },
	{ 409, 410, VERDICT_DOUBT },
	{ 411, 411, VERDICT_DENIED },
	{ 412, 412, VERDICT_DOUBT },
	{ 413, 413, VERDICT_TOO_LARGE },
	{ 414, 414, VERDICT_DOUBT },
	{ 415, 415, VERDICT_DENIED },
	{ 416, 421, VERDICT_DOUBT },
	{ 422, 422, VERDICT_REFUSED },
	{ 423, 428, VERDICT_DOUBT },
	{ 429, 429, VERDICT_LATER },
	{ 430, 999, VERDICT_DOUBT },
};

START_TEST(verdict_of_every_status_however_the_answer_ended)
{
	for (size_t i = 0; i < sizeof by_status / sizeof by_status[0]; i++)
		for (int s = by_status[i].from; s <= by_status[i].to; s++)
			for (int r = HTTP_DONE; r <= HTTP_OTHER; r++)
				ck_assert_msg(
				    verdict_of(
					(enum http_result)r, HTTP_SENT_WHOLE, s)
					    ->verdict == by_status[i].verdict,
				    "status %d, result %d", s, r);
}
END_TEST

START_TEST(verdict_of_503_depends_on_the_body)
{
	ck_assert_int_eq(verdict_of(HTTP_DONE, HTTP_SENT_HEADERS, 503)->verdict,
	    VERDICT_LATER);
	ck_assert_int_eq(
	    verdict_of(HTTP_DONE, HTTP_SENT_PART, 503)->verdict, VERDICT_LATER);
	ck_assert_int_eq(verdict_of(HTTP_DONE, HTTP_SENT_HEADERS, 500)->verdict,
	    VERDICT_DOUBT);
}
END_TEST

/* Without a status: "not applied" needs a proof. */
static const struct {
	enum http_result result;
	enum verdict verdict[4]; /* by enum http_sent */
} by_result[] = {
#define D VERDICT_DOUBT
#define L VERDICT_LATER
#define B VERDICT_BROKEN
	{ HTTP_DONE, { D, D, D, D } },
	{ HTTP_NO_HOST, { L, D, D, D } },
	{ HTTP_NO_CONNECT, { L, D, D, D } },
	{ HTTP_NO_TLS, { L, D, D, D } },
	{ HTTP_NO_TRUST, { B, D, D, D } },
	{ HTTP_RESET, { L, L, L, D } },
	{ HTTP_EMPTY, { D, D, D, D } },
	{ HTTP_TIMEOUT, { L, L, L, D } },
	{ HTTP_CUT, { D, D, D, D } },
	{ HTTP_GARBAGE, { D, D, D, D } },
	{ HTTP_OTHER, { D, D, D, D } },
#undef D
#undef L
#undef B
};

START_TEST(verdict_without_a_status_wants_proof)
{
	for (size_t i = 0; i < sizeof by_result / sizeof by_result[0]; i++)
		for (int s = HTTP_SENT_NOTHING; s <= HTTP_SENT_WHOLE; s++)
			ck_assert_msg(
			    verdict_of(
				by_result[i].result, (enum http_sent)s, 0)
				    ->verdict == by_result[i].verdict[s],
			    "result %d, sent %d", (int)by_result[i].result, s);
}
END_TEST

Suite *
verdict_suite(void)
{
	Suite *s = suite_create("verdict");
	TCase *tc = tcase_create("core");

	tcase_add_test(tc, verdict_of_every_status_however_the_answer_ended);
	tcase_add_test(tc, verdict_of_503_depends_on_the_body);
	tcase_add_test(tc, verdict_without_a_status_wants_proof);
	suite_add_tcase(s, tc);
	return s;
}
