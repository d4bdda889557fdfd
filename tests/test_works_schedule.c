#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "models/works.h"

/* The scheduler by itself: programmes as structs, days counted from 2026-01-01. */
#define ROOM 12
#define MOST_LAST 4000

static int32_t first_day(void)
{
    return date_to_day((struct date){2026, 1, 1});
}

/* A programme with its own arrays. */
struct programme {
    struct works      works;
    struct project    project[ROOM];
    struct works_date date[ROOM];
    int               after[ROOM][ROOM];
    int               year[4];
    int64_t           value[4];
    int32_t           last; /* of the period, from its first day */
};

static void set_up(struct programme *programme, int count)
{
    *programme = (struct programme){.last = 1460};
    programme->works =
        (struct works){.places_out_at_most = -1, .count = count, .project = programme->project};
    programme->works.budget = (struct by_year){0, programme->year, programme->value};
    for (int i = 0; i < count; i++)
        programme->project[i] = (struct project){.rank = i, .priority = 100};
}

static void plan(struct programme *programme, int i, int32_t earliest, int32_t days, int64_t cost,
                 int32_t places)
{
    programme->date[i].earliest = first_day() + earliest;
    programme->date[i].days = days;
    programme->project[i].cost_per_year = cost;
    programme->project[i].places_out = places;
}

static void put_after(struct programme *programme, int i, int before)
{
    struct project *project = &programme->project[i];
    project->after = programme->after[i];
    project->after[project->after_count++] = before;
}

static void budget(struct programme *programme, int year, int64_t value)
{
    int i = programme->works.budget.count++;
    programme->year[i] = year;
    programme->value[i] = value;
}

static void schedule(struct programme *programme)
{
    works_schedule(&programme->works, 0, first_day(), first_day() + programme->last,
                   programme->date);
}

static void expect(const struct programme *programme, int i, int32_t start, int32_t end)
{
    const struct works_date *date = &programme->date[i];
    cr_expect_eq(date->start, first_day() + start, "%d starts on day %d, not %d", i,
                 date->start - first_day(), start);
    cr_expect_eq(date->end, first_day() + end, "%d ends on day %d, not %d", i,
                 date->end - first_day(), end);
}

/* -- by hand */

Test(works_schedule, nobody_passes_the_first_in_the_queue)
{
    /* 10 a year. 0 costs 6 and runs from day 0 to 100. 1 is ready on day 10 and costs 5: 11 is too
     * much, so it waits until day 100. 2 is ready on day 20 and costs 4: 6 + 4 would fit, but 1
     * stands before it, so 2 starts on day 100 too, with 5 + 4 = 9. */
    struct programme programme;
    set_up(&programme, 3);
    budget(&programme, 2026, 10);
    plan(&programme, 0, 0, 100, 6, 0);
    plan(&programme, 1, 10, 50, 5, 0);
    plan(&programme, 2, 20, 50, 4, 0);
    schedule(&programme);
    expect(&programme, 0, 0, 100);
    expect(&programme, 1, 100, 150);
    expect(&programme, 2, 100, 150);
}

Test(works_schedule, who_needs_neither_money_nor_room_stands_in_no_queue)
{
    /* As above, but 2 costs nothing and takes nothing out. */
    struct programme programme;
    set_up(&programme, 3);
    budget(&programme, 2026, 10);
    plan(&programme, 0, 0, 100, 6, 0);
    plan(&programme, 1, 10, 50, 5, 0);
    plan(&programme, 2, 20, 50, 0, 0);
    schedule(&programme);
    expect(&programme, 1, 100, 150);
    expect(&programme, 2, 20, 70);
}

Test(works_schedule, of_the_same_day_priority_comes_first_then_the_name)
{
    /* One at a time, all ready on day 5: 2 has priority 1, then 0 and 1 by name (rank 1 and 0). */
    struct programme programme;
    set_up(&programme, 3);
    budget(&programme, 2026, 10);
    for (int i = 0; i < 3; i++)
        plan(&programme, i, 5, 10, 10, 0);
    programme.project[2].priority = 1;
    programme.project[0].rank = 1;
    programme.project[1].rank = 0;
    schedule(&programme);
    expect(&programme, 2, 5, 15);
    expect(&programme, 1, 15, 25);
    expect(&programme, 0, 25, 35);
}

Test(works_schedule, a_project_needs_money_in_each_year_that_it_runs)
{
    /* 400 days at 8 a year. 2026 has 10, 2027 has 5, 2028 and later 8. From 2026 it would run into
     * 2027; the first day without a poor year is 2028-01-01, which is 365 + 365 days on. */
    struct programme programme;
    set_up(&programme, 1);
    budget(&programme, 2026, 10);
    budget(&programme, 2027, 5);
    budget(&programme, 2028, 8);
    plan(&programme, 0, 30, 400, 8, 0);
    schedule(&programme);
    expect(&programme, 0, 730, 1130);
    plan(&programme, 0, 30, 335, 8, 0); /* to 2026-12-31: 30 + 335 = 365 is the first of 2027 */
    schedule(&programme);
    expect(&programme, 0, 30, 365);
    plan(&programme, 0, 30, 336, 8, 0);
    schedule(&programme);
    expect(&programme, 0, 730, 1066);
}

Test(works_schedule, places_out_are_limited_too)
{
    /* At most 240 at once: 0 takes 200, 1 takes 100 and waits, 2 takes 40 and waits behind it. */
    struct programme programme;
    set_up(&programme, 3);
    programme.works.places_out_at_most = 240;
    plan(&programme, 0, 0, 30, 0, 200);
    plan(&programme, 1, 1, 30, 0, 100);
    plan(&programme, 2, 2, 10, 0, 40);
    schedule(&programme);
    expect(&programme, 1, 30, 60);
    expect(&programme, 2, 30, 40);
    programme.works.places_out_at_most = 300;
    schedule(&programme);
    expect(&programme, 1, 1, 31);
    expect(&programme, 2, 30, 40); /* 200 + 100 are out until day 30 */
}

Test(works_schedule, a_project_is_ready_when_all_before_it_have_ended)
{
    /* 2 comes after 0 (ends on day 40) and 1 (ends on day 25); 3 after 2, which takes no time. */
    struct programme programme;
    set_up(&programme, 4);
    plan(&programme, 0, 10, 30, 3, 0);
    plan(&programme, 1, 5, 20, 3, 0);
    plan(&programme, 2, 0, 0, 0, 0);
    plan(&programme, 3, 0, 7, 3, 0);
    put_after(&programme, 2, 0);
    put_after(&programme, 2, 1);
    put_after(&programme, 3, 2);
    schedule(&programme);
    expect(&programme, 2, 40, 40);
    expect(&programme, 3, 40, 47);
}

Test(works_schedule, who_is_never_paid_holds_up_all_behind_it_and_all_after_it)
{
    struct programme programme;
    set_up(&programme, 4);
    budget(&programme, 2026, 10);
    plan(&programme, 0, 10, 30, 11, 0);
    plan(&programme, 1, 11, 30, 1, 0); /* behind it */
    plan(&programme, 2, 0, 30, 0, 0);  /* in no queue, but after 0 */
    plan(&programme, 3, 9, 30, 1, 0);  /* before it */
    put_after(&programme, 2, 0);
    schedule(&programme);
    for (int i = 0; i < 3; i++)
        cr_expect(programme.date[i].start == NOT_STARTED && programme.date[i].end == NOT_STARTED);
    expect(&programme, 3, 9, 39);
}

Test(works_schedule, what_is_due_after_the_period_is_not_started)
{
    struct programme programme;
    set_up(&programme, 2);
    plan(&programme, 0, programme.last, 30, 1, 0);
    plan(&programme, 1, programme.last + 1, 30, 1, 0);
    schedule(&programme);
    expect(&programme, 0, programme.last, programme.last + 30);
    cr_expect_eq(programme.date[1].start, NOT_STARTED);
}

/* The two rules that were refused, by which more budget makes a project end later: see
 * docs/decisions/0020-works.md. By this rule it does not. */
Test(works_schedule, more_budget_does_not_turn_the_order_round)
{
    /* 0 costs 15 from day 0, 1 costs 10 from day 5, both 400 days. With 10 and 15 by year, 0 waits
     * for 2027 (day 365), so 1 behind it too, until 0 has ended (765). With 15 in 2026, 0 runs at
     * once to day 400 and 1 then. */
    struct programme programme;
    set_up(&programme, 2);
    budget(&programme, 2026, 10);
    budget(&programme, 2027, 15);
    plan(&programme, 0, 0, 400, 15, 0);
    plan(&programme, 1, 5, 400, 10, 0);
    schedule(&programme);
    expect(&programme, 0, 365, 765);
    expect(&programme, 1, 765, 1165);
    programme.value[0] = 15;
    schedule(&programme);
    expect(&programme, 0, 0, 400);
    expect(&programme, 1, 400, 800);
}

/* -- laws, on random programmes */

static uint64_t next_random(uint64_t *state, uint64_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (*state >> 33) % below;
}

/* One in six costs nothing and takes nothing out, and of those some take no time. */
static void make_random(struct programme *programme, uint64_t *state, bool has_after)
{
    set_up(programme, 1 + (int)next_random(state, ROOM));
    int count = programme->works.count;
    programme->last = 200 + (int32_t)next_random(state, 2000);
    for (int y = 0; y < (int)next_random(state, 4); y++)
        budget(programme, 2026 + y, 5 + (int64_t)next_random(state, 20));
    if (next_random(state, 2))
        programme->works.places_out_at_most = 5 + (int64_t)next_random(state, 20);
    for (int i = 0; i < count; i++) {
        bool    free = next_random(state, 6) == 0;
        int64_t cost = free ? 0 : (int64_t)next_random(state, 12);
        int32_t places = free ? 0 : (int32_t)next_random(state, 12);
        int32_t days = (int32_t)next_random(state, next_random(state, 3) ? 700 : 2);
        plan(programme, i, (int32_t)next_random(state, 900) - 50, (cost + places > 0) + days, cost,
             places);
        programme->project[i].priority = 1 + (int64_t)next_random(state, 3);
        programme->project[i].rank = (i * 7 + 3) % 13; /* all different */
        for (int k = 0; has_after && k < i; k++)
            if (next_random(state, 5) == 0)
                put_after(programme, i, k);
    }
}

static bool is_queued(const struct programme *programme, int i)
{
    return programme->project[i].cost_per_year > 0 || programme->project[i].places_out > 0;
}

static int32_t ready_on(const struct programme *programme, int i)
{
    int32_t               day = programme->date[i].earliest;
    const struct project *project = &programme->project[i];
    for (int k = 0; k < project->after_count; k++)
        if (programme->date[project->after[k]].end > day)
            day = programme->date[project->after[k]].end;
    return day;
}

/* Money and room, day by day. */
static void expect_within_limits(const struct programme *programme)
{
    for (int32_t day = 0; day <= MOST_LAST; day++) {
        int64_t cost = 0, places = 0;
        for (int i = 0; i < programme->works.count; i++) {
            const struct works_date *date = &programme->date[i];
            if (date->start == NOT_STARTED || date->start > first_day() + day ||
                date->end <= first_day() + day)
                continue;
            cost += programme->project[i].cost_per_year;
            places += programme->project[i].places_out;
        }
        if (programme->works.budget.count > 0)
            cr_assert_leq(
                cost, by_year_on(&programme->works.budget, date_from_day(first_day() + day).year));
        if (programme->works.places_out_at_most >= 0)
            cr_assert_leq(places, programme->works.places_out_at_most);
    }
}

static bool stands_before(const struct programme *programme, int i, int other)
{
    const struct project *one = &programme->project[i], *two = &programme->project[other];
    int32_t               ready = ready_on(programme, i), other_ready = ready_on(programme, other);
    if (ready != other_ready)
        return ready < other_ready;
    if (one->priority != two->priority)
        return one->priority < two->priority;
    return one->rank < two->rank;
}

static void expect_order(const struct programme *programme)
{
    for (int i = 0; i < programme->works.count; i++) {
        const struct works_date *date = &programme->date[i];
        int32_t                  ready = ready_on(programme, i);
        cr_assert_geq(date->start, ready, "before it is ready");
        if (!is_queued(programme, i))
            cr_assert_eq(date->start, ready <= first_day() + programme->last ? ready : NOT_STARTED);
        if (date->start == NOT_STARTED)
            continue;
        cr_assert_eq(date->end, date->start + date->days);
        for (int k = 0; k < programme->works.count; k++)
            if (is_queued(programme, i) && is_queued(programme, k) &&
                stands_before(programme, k, i))
                cr_assert_leq(programme->date[k].start, date->start, "%d passes %d", i, k);
    }
}

/* Whether it would have fitted on a day beside those that started no later than it did. */
static bool would_fit(const struct programme *programme, int i, int32_t day)
{
    const struct works *works = &programme->works;
    for (int32_t on = day; on < day + programme->date[i].days; on++) {
        int64_t cost = programme->project[i].cost_per_year;
        int64_t places = programme->project[i].places_out;
        for (int k = 0; k < works->count; k++) {
            if (k == i || !stands_before(programme, k, i) || programme->date[k].start > on ||
                programme->date[k].end <= on)
                continue;
            cost += programme->project[k].cost_per_year;
            places += programme->project[k].places_out;
        }
        if ((works->budget.count > 0 &&
             cost > by_year_on(&works->budget, date_from_day(on).year)) ||
            (works->places_out_at_most >= 0 && places > works->places_out_at_most))
            return false;
    }
    return true;
}

/* The day before it started it was not ready, not the first, or did not fit. */
static void expect_no_idling(const struct programme *programme)
{
    for (int i = 0; i < programme->works.count; i++) {
        int32_t day = programme->date[i].start - 1, front = 0;
        if (programme->date[i].start == NOT_STARTED || !is_queued(programme, i) ||
            day < ready_on(programme, i) || day < first_day())
            continue;
        for (int k = 0; k < programme->works.count; k++)
            if (k != i && is_queued(programme, k) && stands_before(programme, k, i) &&
                programme->date[k].start > front)
                front = programme->date[k].start;
        cr_assert(front > day || !would_fit(programme, i, day), "%d idles", i);
    }
}

Test(works_schedule, keeps_money_room_predecessors_and_the_order_of_the_queue)
{
    uint64_t state = 20;
    int      started = 0, waited = 0;
    for (int n = 0; n < 2000; n++) {
        struct programme programme;
        make_random(&programme, &state, true);
        schedule(&programme);
        expect_within_limits(&programme);
        expect_order(&programme);
        expect_no_idling(&programme);
        for (int i = 0; i < programme.works.count; i++) {
            started += programme.date[i].start != NOT_STARTED;
            waited += programme.date[i].start != NOT_STARTED &&
                      programme.date[i].start > ready_on(&programme, i);
        }
    }
    cr_expect(started > 5000 && waited > 500, "%d started, %d waited", started, waited);
}

Test(works_schedule, does_not_depend_on_the_order_in_the_file)
{
    uint64_t state = 21;
    for (int n = 0; n < 2000; n++) {
        struct programme one, other;
        make_random(&one, &state, true);
        int count = one.works.count;
        other = one;
        other.works.project = other.project;
        other.works.budget = (struct by_year){one.works.budget.count, other.year, other.value};
        for (int i = 0; i < count; i++) { /* turned round */
            other.project[i] = one.project[count - 1 - i];
            other.date[i] = one.date[count - 1 - i];
            other.project[i].after = other.after[i];
            for (int k = 0; k < other.project[i].after_count; k++)
                other.after[i][k] = count - 1 - one.after[count - 1 - i][k];
        }
        schedule(&one);
        schedule(&other);
        for (int i = 0; i < count; i++)
            cr_assert_eq(one.date[i].start, other.date[count - 1 - i].start);
    }
}

Test(works_schedule, never_starts_or_ends_later_nor_loses_more_with_more_budget)
{
    uint64_t state = 22;
    int      sooner = 0;
    for (int n = 0; n < 5000; n++) {
        struct programme poor, rich;
        make_random(&poor, &state, false);
        rich = poor;
        rich.works.project = rich.project;
        rich.works.budget = (struct by_year){poor.works.budget.count, rich.year, rich.value};
        for (int y = 0; y < rich.works.budget.count; y++)
            rich.value[y] += (int64_t)next_random(&state, 10);
        if (rich.works.places_out_at_most >= 0)
            rich.works.places_out_at_most += (int64_t)next_random(&state, 5);
        schedule(&poor);
        schedule(&rich);
        for (int i = 0; i < poor.works.count; i++) {
            int32_t deadline = poor.date[i].earliest + (int32_t)next_random(&state, 600);
            cr_assert_leq(rich.date[i].start, poor.date[i].start, "programme %d", n);
            cr_assert_leq(rich.date[i].end, poor.date[i].end, "programme %d", n);
            cr_assert(rich.date[i].start <= deadline || poor.date[i].start > deadline);
            sooner += rich.date[i].start < poor.date[i].start;
        }
    }
    cr_expect_gt(sooner, 1000, "%d start sooner", sooner);
}

Test(works_schedule, is_the_planned_calendar_without_slip_where_money_and_room_are_enough)
{
    uint64_t state = 23;
    for (int n = 0; n < 2000; n++) {
        struct programme programme;
        make_random(&programme, &state, false);
        struct period period = {.start = first_day(), .end = first_day() + programme.last};
        for (int i = 0; i < programme.works.count; i++) {
            programme.project[i].start.day = programme.date[i].earliest;
            programme.project[i].takes.days = programme.date[i].days;
        }
        for (int y = 0; y < programme.works.budget.count; y++)
            programme.value[y] = 12 * ROOM;
        programme.works.places_out_at_most = 12 * ROOM;
        struct works_date planned[ROOM], queued[ROOM];
        works_without_slip(&programme.works, &period, true, planned);
        works_without_slip(&programme.works, &period, false, queued);
        for (int i = 0; i < programme.works.count; i++) {
            bool starts = planned[i].start <= period.end;
            cr_assert_eq(queued[i].start, starts ? planned[i].start : NOT_STARTED);
            cr_assert_eq(queued[i].end, starts ? planned[i].end : NOT_STARTED);
        }
    }
}
