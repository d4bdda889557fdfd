/* Worlds for tests, from YAML text. What they take stays in memory until the test's process ends.
 */
#ifndef CELSIM_TESTS_SUPPORT_H
#define CELSIM_TESTS_SUPPORT_H

#include "models/model.h"
#include "models/scenario.h"

/* The scenario of this text. When it does not load the test fails, with the errors printed. */
const struct scenario *support_scenario(const char *text);

/* The errors of this text, each as `test.yaml:line:column: text\n`; "" when it loads. */
const char *support_errors(const char *text);

/* An arena for a test. */
struct arena support_arena(void);

/* A replication that has run: its record, and its history in order of minute, person and time. */
struct support_run {
    const struct scenario *plan;
    struct record          record;
    struct trace           trace;
};

/* Runs a replication twice, the second time with ties shuffled, which must change nothing. */
struct support_run support_run(const char *text, uint32_t replication);

/* The history as lines `day hh:mm stream number what status unit`, days counted from 0 at the start
 * of the period; the unit is `outside`, or `-` before he is anywhere. `stream`: of whom; NULL: of
 * all. Rows of a status `coming` are left out: a test lets people come in a set minute by it. */
const char *support_history(const struct support_run *run, const char *stream);

/* All that happens to anybody in one happens in the other, at the same minute, in any unit. */
bool support_is_within(const struct support_run *one, const struct support_run *other);

/* How often something happened to people of a status (NULL: of any). */
int support_count(const struct support_run *run, enum trace_what what, const char *status);

/* The value of a column, "present total", on a date or in a year. */
int64_t support_day(const struct support_run *run, const char *column, const char *date);
int64_t support_year(const struct support_run *run, const char *column, int year);

/* The values of a column on the first `count` days as text, "1 0 3". */
const char *support_days(const struct support_run *run, const char *column, int count);

/* The test fails unless the column begins so: "1 0 3". */
void support_expect_days(const struct support_run *run, const char *column, const char *expected);

/* And unless built = usable + what is out of use + unpaired, at each midnight, in all and by
 * regime. */
void support_expect_sums(const struct support_run *run);

#endif
