#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "models/placement.h"
#include "models/population.h"
#include "tests/support.h"

/* -- conservation by hand */

Test(prison, ends_with_everyone_somewhere)
{
    /* start: 2 held, 1 in the queue outside, 1 in a cell, 1 with a tag: 5 of them.
     * Day 3: one of the two leaves, who waits in the cell comes in. So at the end: held 2, outside
     * 2 (queue and tag), left 1, and start + arrivals = 5. */
    struct support_run run = support_run(
        "period: {start: 2026-01-01, end: 2026-01-10}\n"
        "regimes: {ward: {}, clinic: {}, cell: {places: unlimited, emergency: true}, tag: {places: "
        "unlimited, outside: true}}\n"
        "units: {ward: {regime: ward, places: 2}, clinic: {regime: clinic, places: 0}}\n"
        "statuses:\n"
        "  held: {stay: 50 days, waits: {in: cell}}\n"
        "  queued: {stay: 50 days}\n"
        "  tagged: {stay: 50 days}\n"
        "placement: {held: {who: {status: held}, to: [ward]}, queued: {who: {status: queued}, to: "
        "[clinic]}, tagged: {to: [tag]}}\n"
        "start:\n"
        "  present:\n"
        "    a: {status: held, persons: 1, elapsed: 47 days}\n"
        "    b: {status: held, persons: 1, elapsed: 1 day}\n"
        "    tagged: {persons: 1, elapsed: 1 day}\n"
        "  waiting: {held: {persons: 1}, queued: {persons: 1}}\n",
        0);
    const int64_t *total = run.record.total;
    cr_expect_eq(total[TOTAL_START], 5);
    cr_expect_eq(total[TOTAL_ARRIVALS], 0);
    cr_expect_eq(total[TOTAL_HELD], 2);
    cr_expect_eq(total[TOTAL_CELL], 0);
    cr_expect_eq(total[TOTAL_OUTSIDE], 2);
    cr_expect_eq(total[TOTAL_LEFT], 1);
    cr_expect_eq(total[TOTAL_PERSON_MINUTES], 4 * 14400 + 3 * 1440, "four for 10 days, one for 3");
    cr_expect_eq(total[TOTAL_STAY_MINUTES], 4 * 14400 + 3 * 1440);
    cr_expect_str_eq(support_days(&run, "present total", 5), "3 3 3 2 2");
    cr_expect_str_eq(support_days(&run, "present regime.cell", 5), "1 1 1 0 0");
    cr_expect_str_eq(support_days(&run, "outside total", 5), "2 2 2 2 2");
    cr_expect_str_eq(support_days(&run, "waiting total", 5), "2 2 2 1 1");
}

Test(prison, conserves_people_in_all_replications_of_a_busy_scenario)
{
    /* what prison_close and prison_check recompute; here its totals, with every way to leave */
    for (uint32_t r = 0; r < 4; r++) {
        struct support_run run = support_run(
            "period: {start: 2026-01-01, end: 2026-06-30, warm_up: 10 days}\n"
            "attributes: {sex: {man: 0.8, woman: rest}}\n"
            "regimes: {ward: {turnover: 5 hours}, annex: {}, cell: {places: unlimited, emergency: "
            "true}}\n"
            "units:\n"
            "  b: {regime: ward, places: 14, admits: {sex: man}}\n"
            "  a: {regime: ward, places: 14, admits: {sex: man}, on_shrink: transfer, changes: [\n"
            "    {from: 2026-02-10, to: 2026-02-11, places: -8, why: damage}, {from: 2026-03-10, "
            "to: "
            "2026-03-11, places: -8, why: damage}, {from: 2026-04-10, to: 2026-04-11, places: -8, "
            "why: damage}]}\n"
            "  women: {regime: ward, places: 6, admits: {sex: woman}}\n"
            "  annex: {regime: annex, places: 12}\n"
            "statuses:\n"
            "  remand: {clock: arrival, served: true, stay: {exponential: {mean: 6 days}}, next: "
            "{convict: 0.5, release: rest},\n"
            "    waits: {in: cell, limit: 2 days, at_limit: [out_of_category, sent_home]},\n"
            "    sent_home: {back_after: {exponential: {mean: 5 days}}}}\n"
            "  convict: {clock: custody, sentence: {exponential: {mean: 12 days}}, waits: {in: "
            "present_place}, crisis: {per_year: 20, lasts: 3 days},\n"
            "    release: {weekend: friday_for_monday}}\n"
            "  reporter: {sentence: {exponential: {mean: 5 days}}, called_up: {fill_to: 0.9, "
            "notice: 3 days, no_show: 0.2, then: arrested},\n"
            "    waits: {in: outside, leaves: {lapsed: {per_year: 30, next: release}}}}\n"
            "  arrested: {stay: {exponential: {mean: 4 days}}, waits: {in: nowhere}, next: "
            "{reporter: 0.2, release: rest}}\n"
            "flows:\n"
            "  remand: {status: remand, per_day: 4}\n"
            "  reporter: {status: reporter, per_day: 1}\n"
            "  arrested: {status: arrested, per_day: 2}\n"
            "placement:\n"
            "  crisis: {during: crisis, to: [ward]}\n"
            "  convict: {who: {status: convict}, to: [annex], order: longest_sentence}\n"
            "  remand: {who: {status: remand}, to: [ward], out_of_category: [annex]}\n"
            "  others: {to: [annex, ward], out_of_category: [ward]}\n"
            "start:\n"
            "  present: {remand: {persons: 30}, convict: {persons: 15, elapsed: 3 days}}\n"
            "  waiting: {remand: {persons: 5, since: {uniform: {from: 0 days, to: 4 days}}}, "
            "reporter: {persons: 20}}\n"
            "measures:\n"
            "  work: {kind: replace_sentence, starts: 2026-02-01, who: {status: reporter}, share: "
            "0.3, by: work, fails: {share: 0.5, after: 3 days, as: arrested}}\n"
            "  more: {kind: inflow, starts: 2026-03-01, who: {sex: woman}, factor: 1.2}\n"
            "output: {daily: [sex, status, regime]}\n",
            r);
        const int64_t *total = run.record.total;
        cr_expect_eq(total[TOTAL_START], 70);
        cr_expect_gt(total[TOTAL_ARRIVALS], 900);
        cr_expect_eq(total[TOTAL_START] + total[TOTAL_ARRIVALS],
                     total[TOTAL_HELD] + total[TOTAL_CELL] + total[TOTAL_OUTSIDE] +
                         total[TOTAL_LEFT]);
        cr_expect_eq(total[TOTAL_PERSON_MINUTES], total[TOTAL_STAY_MINUTES]);
        /* each way was gone */
        for (int what = 0; what < TRACES; what++)
            cr_expect_gt(support_count(&run, (enum trace_what)what, NULL), 0, "%s",
                         trace_name[what]);
        /* all who were ever present or outside, by their minutes, are the minutes of the persons */
        int64_t minutes = support_year(&run, "present_mean total", 2026) +
                          support_year(&run, "outside_mean total", 2026);
        cr_expect_eq(minutes, total[TOTAL_PERSON_MINUTES]);
        cr_expect_eq(support_year(&run, "present_mean total", 2026),
                     support_year(&run, "present_mean sex.man", 2026) +
                         support_year(&run, "present_mean sex.woman", 2026));
    }
}

/* -- violations are seen */

#define SMALL                                                                                      \
    "period: {start: 2026-01-01, end: 2026-01-10}\n"                                               \
    "regimes: {ward: {}}\n"                                                                        \
    "units: {first: {regime: ward, places: 3}, second: {regime: ward, places: 1}}\n"               \
    "statuses: {held: {stay: 50 days}}\n"                                                          \
    "placement: {all: {to: [ward]}}\n"                                                             \
    "start: {present: {held: {persons: 3, elapsed: 1 day}}, waiting: {held: {persons: 1}}}\n"

static struct prison *open_prison(void)
{
    const struct scenario *plan = support_scenario(SMALL);
    struct arena           results = support_arena(), *world = arena_new(&results, struct arena, 1);
    struct errors          errors = {0};
    struct records         records;
    struct prison         *prison = arena_new(&results, struct prison, 1);
    cr_assert(arena_open(world, model_arena_room(plan), &errors));
    records_open(&records, &results, plan->record_size, 0, 1);
    prison_open(prison, plan, 1, 0, 0, world, &records.record[0], NULL);
    population_put(prison);
    return prison;
}

static void harm_nothing(struct prison *prison)
{
    (void)prison;
}
static void harm_occupied(struct prison *prison)
{
    prison->unit[0].occupied++;
}
static void harm_free(struct prison *prison)
{
    prison->unit[0].free++;
}
static void harm_closed(struct prison *prison)
{
    prison->unit[1].closed = true; /* with a free place */
}
static void close_rightly(struct prison *prison)
{
    prison_set_closed(prison, 1, true);
}
static void harm_usable(struct prison *prison)
{
    prison->unit[0].usable--;
}
static void harm_entries(struct prison *prison)
{
    prison->unit[0].entries--;
    prison->unit[0].free--;
}
static void harm_planned(struct prison *prison)
{
    prison->capacity[1].planned.out[CAUSE_STAFF]++;
}
static void harm_to_move(struct prison *prison)
{
    prison->capacity[0].to_move++;
}
static void harm_moving(struct prison *prison)
{
    prison->person[SLOTS_FIXED].flags |= PERSON_WAITING;
    prison->waiting[0].people++;
}
static void harm_turnover(struct prison *prison)
{
    prison->unit[1].turnover++;
}
static void harm_levels(struct prison *prison)
{
    struct levels *levels = &prison->levels[prison->unit[1].levels];
    levels_move(levels, prison->unit[1].bit, prison->unit[1].free, prison->unit[1].free + 1);
}
static void harm_used_levels(struct prison *prison)
{
    prison->levels[prison->unit[1].levels].used |= (uint32_t)1 << (LEVELS - 1);
}
static void harm_started(struct prison *prison)
{
    prison->started--;
}
static void harm_left(struct prison *prison)
{
    prison->left++;
}
static void harm_list(struct prison *prison)
{
    prison->list[0].count++;
}
static void harm_waiting(struct prison *prison)
{
    prison->waiting[0].people--;
}
static void harm_unit_of_person(struct prison *prison)
{
    prison->person[SLOTS_FIXED].unit = 1;
}
static void harm_counted(struct prison *prison)
{
    prison->counted_min[0]++;
}
static void harm_stayed(struct prison *prison)
{
    prison->stayed_min[0]--;
}

/* The signal by which a process ends that checks the world after some harm; 0: none. */
static int signal_after(void (*harm)(struct prison *), void (*check)(struct prison *))
{
    struct prison *prison = open_prison();
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        (void)!freopen("/dev/null", "w", stderr);
        signal(SIGABRT, SIG_DFL);
        harm(prison);
        check(prison);
        _exit(0);
    }
    int status = -1;
    cr_assert_eq(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}

Test(prison, stops_where_an_invariant_does_not_hold)
{
    static const struct {
        const char *name;
        void (*harm)(struct prison *);
        void (*check)(struct prison *);
        int signal;
    } table[] = {
        {"nothing", harm_nothing, prison_check, 0},
        {"occupied", harm_occupied, prison_check, SIGABRT},
        {"free", harm_free, prison_check, SIGABRT},
        {"a closed unit's places", harm_closed, prison_check, SIGABRT},
        {"a unit closed", close_rightly, prison_check, 0},
        {"usable places", harm_usable, prison_check, SIGABRT},
        {"places to be given", harm_entries, prison_check, SIGABRT},
        {"places by cause", harm_planned, prison_check, SIGABRT},
        {"who must move", harm_to_move, prison_check, SIGABRT},
        {"who waits to move", harm_moving, prison_check, SIGABRT},
        {"turnover", harm_turnover, prison_check, SIGABRT},
        {"the level of a unit", harm_levels, prison_check, SIGABRT},
        {"levels with units", harm_used_levels, prison_check, SIGABRT},
        {"started", harm_started, prison_check, SIGABRT},
        {"left", harm_left, prison_check, SIGABRT},
        {"a list", harm_list, prison_check, SIGABRT},
        {"waiting", harm_waiting, prison_check, SIGABRT},
        {"a person's unit", harm_unit_of_person, prison_check, SIGABRT},
        {"nothing", harm_nothing, prison_close, 0},
        {"counted minutes", harm_counted, prison_close, SIGABRT},
        {"minutes stayed", harm_stayed, prison_close, SIGABRT},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        cr_expect_eq(signal_after(table[i].harm, table[i].check), table[i].signal, "%zu: %s", i,
                     table[i].name);
}

static void check_placement(struct prison *prison)
{
    placement_check(prison);
}
static void place_all(struct prison *prison)
{
    placement_round(prison);
}
static void stop_serving(struct prison *prison)
{
    prison_serve_lists(prison, 0); /* no transport */
}

Test(prison, stops_where_somebody_waits_beside_a_free_place)
{
    /* before the first round one person waits and one place is free; after it that is settled */
    cr_expect_eq(signal_after(harm_nothing, check_placement), SIGABRT);
    cr_expect_eq(signal_after(place_all, check_placement), 0);
    cr_expect_eq(signal_after(close_rightly, check_placement), 0, "the free place is not offered");
    cr_expect_eq(signal_after(stop_serving, check_placement), 0, "nobody can be brought");
}
