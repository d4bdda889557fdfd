#include <criterion/criterion.h>

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/error.h"

Test(error, keeps_place_and_text_in_the_order_found)
{
    static struct errors errors;
    errors_add(&errors, "a.yaml", 41, 7, "share is %s; it must lie between %d and %d", "1.4", 0, 1);
    errors_add_outside(&errors, "results/x.csv", "cannot open: %s", "no such folder");
    cr_assert_eq(errors.count, 2);
    cr_expect_str_eq(errors.list[0].file, "a.yaml");
    cr_expect_eq(errors.list[0].line, 41);
    cr_expect_eq(errors.list[0].column, 7);
    cr_expect_not(errors.list[0].outside);
    cr_expect_str_eq(errors.list[0].text, "share is 1.4; it must lie between 0 and 1");
    cr_expect_str_eq(errors.list[1].file, "results/x.csv");
    cr_expect_eq(errors.list[1].line, 0);
    cr_expect_eq(errors.list[1].column, 0);
    cr_expect(errors.list[1].outside);
    cr_expect_str_eq(errors.list[1].text, "cannot open: no such folder");
}

Test(error, counts_beyond_a_hundred_without_storing)
{
    /* What lies behind the list stays as it was. */
    static struct {
        struct errors errors;
        char          behind[64];
    } held;
    for (int i = 1; i <= 250; i++)
        errors_add(&held.errors, "a.yaml", i, 1, "error %d", i);
    cr_expect_eq(held.errors.count, 250);
    cr_expect_eq(held.errors.list[99].line, 100);
    cr_expect_str_eq(held.errors.list[99].text, "error 100");
    for (size_t i = 0; i < sizeof held.behind; i++)
        cr_expect_eq(held.behind[i], 0);
}

Test(error, cuts_a_long_text)
{
    static struct errors errors;
    char                 text[1000];
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    errors_add(&errors, "a.yaml", 1, 1, "%s", text);
    cr_expect_eq(strlen(errors.list[0].text), sizeof errors.list[0].text - 1);
}

/* Lets a child fail and gives what it wrote; it must have ended by abort(). */
static void catch_failure(void (*fail)(void), char *text, size_t room)
{
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        fail();
        _exit(0);
    }
    close(ends[1]);
    size_t  length = 0;
    ssize_t got;
    while ((got = read(ends[0], text + length, room - 1 - length)) > 0)
        length += (size_t)got;
    text[length] = '\0';
    close(ends[0]);
    int status;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void fail_in_a_replication(void)
{
    int64_t now_min = 1234567890123;
    must_label("configs/x.yaml", UINT64_MAX, 17, &now_min);
    must_fail("models/prison.c", 42, "occupied <= places");
}

static void fail_without_a_clock(void)
{
    must_label("configs/x.yaml", 5, 0, NULL);
    must_fail("models/prison.c", 42, "occupied <= places");
}

static void fail_outside_a_replication(void)
{
    must_label("configs/x.yaml", 5, 17, NULL);
    must_label(NULL, 0, 0, NULL);
    must(1 + 1 == 3);
}

Test(error, must_prints_the_command_that_repeats_the_run)
{
    char text[2000];
    catch_failure(fail_in_a_replication, text, sizeof text);
    cr_expect(strstr(text, "models/prison.c:42:"), "%s", text);
    cr_expect(strstr(text, "occupied <= places"), "%s", text);
    cr_expect(strstr(text, "seed 18446744073709551615, replication 17, minute 1234567890123\n"),
              "%s", text);
    cr_expect(strstr(text, "celsim run configs/x.yaml --seed 18446744073709551615 "
                           "--replications 17..17\n"),
              "%s", text);
    catch_failure(fail_without_a_clock, text, sizeof text);
    cr_expect(strstr(text, "--seed 5 --replications 0..0\n"), "%s", text);
}

Test(error, must_names_no_replication_when_none_runs)
{
    char text[2000];
    catch_failure(fail_outside_a_replication, text, sizeof text);
    cr_expect(strstr(text, "tests/test_error.c:"), "%s", text);
    cr_expect(strstr(text, "1 + 1 == 3"), "%s", text);
    cr_expect_null(strstr(text, "replication"), "%s", text);
}

Test(error, must_lets_a_true_condition_pass_and_judges_it_once)
{
    int judged = 0;
    must(++judged == 1);
    cr_expect_eq(judged, 1);
}
