#include "plan_reader.h"

#include "models/status.h"
#include "sim/rng.h"

#define HEAD                                                                                       \
    "attributes: {sex: {man: 0.9, woman: rest}, offence: {sexual: 0.1, drugs: 0.3, other: "        \
    "rest}}\n"                                                                                     \
    "regimes: {police_cell: {places: unlimited}, prison: {}, closed: {}}\n"                        \
    "units: {wing: {regime: prison, places: 10}}\n"

#define DUTCH_RULE                                                                                 \
    "{conditional: [{up_to: 1 year, remits: 0}, "                                                  \
    "{up_to: 2 years, remits: 2/3, of_part_above: 1 year}, "                                       \
    "{remits: 1/3, at_most: 2 years}]}"

static int64_t days(int64_t count)
{
    return count * MINUTES_A_DAY;
}

/* The statuses of HEAD with one section of statuses. */
static const struct status *read_statuses(struct plan *plan, const char *statuses)
{
    char text[3000];
    snprintf(text, sizeof text, HEAD "statuses: %s\n", statuses);
    plan_read_good(plan, text);
    return plan->statuses.list;
}

Test(status, an_empty_status_waits_outside_and_is_released)
{
    struct plan plan;
    yaml_open(&plan.yaml);
    const struct status *status = read_statuses(&plan, "{first: {}, tbs: {}}") + 1;
    cr_expect_eq(plan.statuses.count, 2);
    cr_expect_str_eq(plan.statuses.name[1], "tbs");
    cr_expect_str_eq(status->name, "tbs");
    cr_expect_str_eq(status->dutch, "tbs");
    cr_expect_eq(status->clock, CLOCK_PLACEMENT);
    cr_expect_not(status->served || status->sentence || status->on_cycle || status->call_up.used);
    cr_expect_null(status->stay.of);
    cr_expect_null(status->granted.of);
    cr_expect_null(status->back_after.of);
    cr_expect_eq(status->remission_count, 0);
    cr_expect_eq(status->weekend, WEEKEND_AS_PLANNED);
    cr_expect_eq(status->waits_in, WAITS_OUTSIDE);
    cr_expect_eq(status->limit_min, INT64_MAX);
    cr_expect_eq(status->rung_count, 0);
    cr_expect_eq(status->back_as, 1);
    cr_assert_eq(status->route_count, 1);
    cr_expect_eq(status->route[0], RELEASE);
    cr_expect_eq(status->route_threshold.of[0], (uint64_t)1 << 52);
    cr_expect_eq(status->route_threshold.stride, 0);
}

Test(status, every_key_reaches_its_member)
{
    struct plan plan;
    yaml_open(&plan.yaml);
    const struct status *status = read_statuses(
        &plan, "{arrested: {dutch: arrestant, clock: arrival, served: true, stay: 14 days,"
               " release: {weekend: friday_for_monday},"
               " waits: {in: police_cell, limit: 10 days, at_limit: [out_of_category, sent_home]},"
               " sent_home: {back_after: {by: sex, man: 1 day, else: 2 days}, as: self_reporter}},"
               " self_reporter: {clock: placement, sentence: 40 days, waits: {in: outside},"
               " called_up: {every: week, fill_to: 0.995, notice: 42 days, at_most: 60,"
               " no_show: 1/4, then: arrested}},"
               " tbs: {clock: custody, waits: {in: present_place}}, other: {waits: {in: nowhere}},"
               " stays: {waits: {in: prison, limit: 12 hours, at_limit: [stay]}}}");
    cr_expect_str_eq(status[0].dutch, "arrestant");
    cr_expect_eq(status[0].clock, CLOCK_ARRIVAL);
    cr_expect(status[0].served && !status[0].sentence);
    cr_expect_eq(status[0].stay.stride, 0);
    cr_expect_eq(status[0].stay.of[0]->fixed_min, (double)days(14));
    cr_expect_eq(status[0].weekend, WEEKEND_FRIDAY_FOR_MONDAY);
    cr_expect_eq(status[0].waits_in, WAITS_REGIME);
    cr_expect_eq(status[0].waits_regime, 0);
    cr_expect_eq(status[0].limit_min, days(10));
    cr_assert_eq(status[0].rung_count, 2);
    cr_expect_eq(status[0].rung[0], RUNG_OUT_OF_CATEGORY);
    cr_expect_eq(status[0].rung[1], RUNG_SENT_HOME);
    cr_expect_eq(status[0].back_as, 1);
    cr_assert_eq(status[0].back_after.stride, 1);
    for (uint32_t profile = 0; profile < 6; profile++)
        cr_expect_eq(status[0].back_after.of[profile]->fixed_min,
                     (double)days(profile / 3 == 0 ? 1 : 2));
    cr_expect(status[1].clock == CLOCK_PLACEMENT && status[2].clock == CLOCK_CUSTODY);
    cr_expect(status[1].sentence);
    cr_expect_eq(status[1].stay.of[0]->fixed_min, (double)days(40));
    const struct call_up *call_up = &status[1].call_up;
    cr_expect(call_up->used);
    cr_expect_eq(call_up->fill_to.num, 199); /* 0.995 = 199/200 */
    cr_expect_eq(call_up->fill_to.den, 200);
    cr_expect_eq(call_up->notice_min, days(42));
    cr_expect_eq(call_up->at_most, 60);
    cr_expect_eq(call_up->no_show_threshold, (uint64_t)1 << 50);
    cr_expect_eq(call_up->then, 0);
    cr_expect_eq(status[2].waits_in, WAITS_PRESENT_PLACE);
    cr_expect_eq(status[3].waits_in, WAITS_NOWHERE);
    cr_expect_eq(status[4].waits_regime, 1);
    cr_expect_eq(status[4].limit_min, 720);
}

Test(status, without_no_show_there_is_no_then)
{
    struct plan plan;
    yaml_open(&plan.yaml);
    const struct status *status =
        read_statuses(&plan, "{a: {called_up: {then: b}}, b: {}, c: {called_up: {}}}");
    cr_expect_eq(status[0].call_up.then, -1);
    cr_expect(status[2].call_up.used);
    cr_expect_eq(status[2].call_up.fill_to.num, status[2].call_up.fill_to.den);
    cr_expect_eq(status[2].call_up.at_most, INT64_MAX);
    cr_expect_eq(status[2].call_up.no_show_threshold, 0);
}

Test(status, the_dutch_rule_of_conditional_release)
{
    /* from the letter of art. 6:2:10 Sv: up to a year all is served; to two years the year and a
     * third of the rest; above that two thirds, and never more than two years remitted. In days:
     * 540: 175 x 2/3 = 116.7, so 116 off; 730: 365 x 2/3 = 243.3; 731: 731/3 = 243.7; 4380: 1460,
     * capped at 730. */
    static const struct {
        int64_t sentence, to_serve;
    } table[] = {{1, 1},       {364, 364},   {365, 365},    {366, 366},   {367, 366},
                 {540, 424},   {730, 487},   {731, 488},    {2190, 1460}, {2193, 1463},
                 {4380, 3650}, {7300, 6570}, {73000, 72270}};
    struct plan plan;
    yaml_open(&plan.yaml);
    const struct status *status = read_statuses(
        &plan, "{sentenced: {sentence: 1 year, release: " DUTCH_RULE "}, plain: {sentence: 1 "
               "year}, short: {sentence: 1 year, release: {conditional: [{up_to: 10 days, remits: "
               "0.5}]}}}");
    for (size_t i = 0; i < COUNT(table); i++) {
        cr_expect_eq(status_to_serve_min(&status[0], days(table[i].sentence), true),
                     days(table[i].to_serve), "%d days", (int)table[i].sentence);
        cr_expect_eq(status_to_serve_min(&status[0], days(table[i].sentence), false),
                     days(table[i].sentence), "%d days, all of it", (int)table[i].sentence);
        cr_expect_eq(status_to_serve_min(&status[1], days(table[i].sentence), true),
                     days(table[i].sentence), "%d days, no rows", (int)table[i].sentence);
    }
    /* whole days come off: of 900 days and 17 minutes a third is 300 days and some, so 300 */
    cr_expect_eq(status_to_serve_min(&status[0], days(900) + 17, true), days(600) + 17);
    /* a year and a minute falls in the second row: 2/3 of a minute is no day */
    cr_expect_eq(status_to_serve_min(&status[0], days(365) + 1, true), days(365) + 1);
    cr_expect_eq(status_to_serve_min(&status[2], days(9), true), days(5));
    cr_expect_eq(status_to_serve_min(&status[2], days(10), true), days(5));
    cr_expect_eq(status_to_serve_min(&status[2], days(11), true), days(11));
    status = read_statuses(&plan, "{a: {sentence: 1 year, release: {conditional: [{remits: 0.5, "
                                  "of_part_above: 100 days}]}}}");
    cr_expect_eq(status_to_serve_min(status, days(50), true), days(50));
    cr_expect_eq(status_to_serve_min(status, days(120), true), days(110));
}

Test(status, granted_and_stay_may_vary_by_attribute)
{
    struct plan plan;
    yaml_open(&plan.yaml);
    const struct status *status = read_statuses(
        &plan, "{a: {sentence: {by: offence, drugs: 1 year, else: {exponential: {mean: 2 years}}}, "
               "release: {conditional: [{remits: 1/3}], granted: {by: offence, sexual: 0.5, else: "
               "0.75}}}, b: {sentence: 1 day, release: {conditional: [{remits: 1}], granted: "
               "0.25}}}");
    cr_assert_eq(status[0].stay.stride, 1);
    cr_assert_eq(status[0].granted.stride, 1);
    for (uint32_t profile = 0; profile < 6; profile++) {
        uint32_t offence = profile % 3;
        cr_expect_eq(status[0].stay.of[profile], status[0].stay.of[offence == 1 ? 1 : 0]);
        cr_expect_eq(status[0].stay.of[profile]->kind, offence == 1 ? SHAPE_FIXED : SHAPE_TABLE);
        cr_expect_eq(status[0].granted.of[profile],
                     offence == 0 ? (uint64_t)1 << 51 : (uint64_t)3 << 50);
    }
    cr_expect_eq(status[1].granted.stride, 0);
    cr_expect_eq(status[1].granted.of[0], (uint64_t)1 << 50);
}

Test(status, routes_are_cumulative_thresholds_over_all_that_any_row_names)
{
    /* sexual: tbs 1/2, release 1/2; else: sentenced 1/4, release 3/4. In quarters of 2^52. */
    static const uint64_t quarters[3][3] = {{2, 4, 4}, {0, 3, 4}, {0, 3, 4}};
    struct plan           plan;
    yaml_open(&plan.yaml);
    const struct status *status = read_statuses(
        &plan, "{remand: {stay: 1 day, next: {by: offence, sexual: {tbs: 0.5, release: rest}, "
               "else: {sentenced: 0.25, release: rest}}}, sentenced: {}, tbs: {stay: 1 day, next: "
               "{sentenced: 0.5, release: rest, source: made up}}}");
    cr_assert_eq(status[0].route_count, 3);
    cr_expect_eq(status[0].route[0], 2);
    cr_expect_eq(status[0].route[1], RELEASE);
    cr_expect_eq(status[0].route[2], 1);
    cr_assert_eq(status[0].route_threshold.stride, 3);
    for (uint32_t profile = 0; profile < 6; profile++)
        for (int r = 0; r < 3; r++)
            cr_expect_eq(status[0].route_threshold.of[profile * 3 + (uint32_t)r],
                         quarters[profile % 3][r] << 50, "profile %u route %d", profile, r);
    cr_assert_eq(status[2].route_count, 2);
    cr_expect_eq(status[2].route_threshold.stride, 0);
    cr_expect_eq(status[2].route_threshold.of[0], (uint64_t)1 << 51);
    cr_expect_eq(status[2].route_threshold.of[1], (uint64_t)1 << 52);
}

Test(status, visits_count_where_one_can_come_back)
{
    static const struct {
        const char *statuses, *on_cycle; /* of each status 1 when it is */
    } table[] = {
        {"{a: {stay: 1 day, next: {b: 1}}, b: {next: {c: 1}}, c: {}}", "000"},
        {"{a: {stay: 1 day, next: {b: 1}}, b: {next: {a: 0.5, c: 0.5}}, c: {}}", "110"},
        {"{a: {next: {a: 1/3, release: rest}, stay: 1 day}, b: {next: {a: 1}}}", "10"},
        {"{a: {waits: {in: police_cell, limit: 1 day, at_limit: [sent_home]}, sent_home: "
         "{back_after: 1 day}}, b: {}}",
         "10"},
        {"{a: {waits: {in: police_cell, limit: 1 day, at_limit: [sent_home]}, sent_home: "
         "{back_after: 1 day, as: b}}, b: {}}",
         "00"},
        {"{a: {called_up: {no_show: 0.1, then: b}}, b: {stay: 1 day, next: {a: 1}}, c: {}}", "110"},
        {"{a: {called_up: {no_show: 0, then: b}}, b: {stay: 1 day, next: {a: 1}}}", "00"},
    };
    struct plan plan;
    yaml_open(&plan.yaml);
    for (size_t i = 0; i < COUNT(table); i++) {
        const struct status *status = read_statuses(&plan, table[i].statuses);
        char                 on_cycle[] = "---";
        on_cycle[plan.statuses.count] = '\0';
        for (int s = 0; s < plan.statuses.count; s++)
            on_cycle[s] = status[s].on_cycle ? '1' : '0';
        cr_expect_str_eq(on_cycle, table[i].on_cycle, "%s gives %s", table[i].statuses, on_cycle);
    }
}

Test(status, purposes_draw_what_numpy_draws)
{
    /* PCG64DXSM of numpy, advanced by 2^40 + ((hash >> 4) | 1) of "purpose/remand/visit" */
    const u128  increment = 2 * ((u128)0x0123456789abcdef << 64 | 0x0011223344556677) + 1;
    const u128  base = (u128)0x9e3779b97f4a7c15 << 64 | 0xf39cc0605cedc834;
    struct plan plan;
    yaml_open(&plan.yaml);
    const struct status *status = read_statuses(&plan, "{remand: {}}");
    const struct {
        struct jump jump;
        uint64_t    n;
    } table[] = {
        {status->draw_stay.visit[0], 0x344ba509cd79d},
        {status->draw_stay.visit[7], 0x35e2102bc0fbc},
        {status->draw_granted.visit[3], 0xcbeace2625620},
        {status->draw_route.visit[1], 0x8e54b9c716cc3},
        {status->draw_back.visit[2], 0x370f356ccac4f},
        {status->draw_no_show.visit[5], 0x6d55091527af},
    };
    for (size_t i = 0; i < COUNT(table); i++)
        cr_expect_eq(rng_uniform52(rng_advance(base, rng_step(table[i].jump, increment))),
                     table[i].n, "row %zu", i);
}

/* One status `a` beside an empty `b`, and its errors; 4:16 is the place of {..} of a. */
struct refused_status {
    const char *a, *errors;
};

static void expect_errors(const struct refused_status *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char                text[1500];
        struct refused_plan row = {text, table[i].errors};
        snprintf(text, sizeof text, HEAD "statuses: {a: %s, b: {}}\n", table[i].a);
        plan_expect_errors(&row, 1);
    }
}

Test(status, errors_say_what_is_wrong_with_keys)
{
    static const struct refused_status table[] = {
        {"3", "4:15 a is 3; it must be a mapping of keys to values"},
        {"{clock: placment}", "4:23 clock is placment; did you mean 'placement'?"},
        {"{served: 1}", "4:24 served is 1; it must be false or true"},
        {"{stay: 1 day, sentence: 2 days}",
         "4:29 sentence stands beside stay; a status has one of them"},
        {"{stay: {by: offence, drugs: 1 day}}",
         "4:22 stay varies by offence but lacks sexual, other; name them all or add else"},
        {"{release: {weekend: monday}}",
         "4:35 weekend is monday; it must be as_planned, friday or friday_for_monday"},
        {"{stay: 1 day, release: {conditional: [{remits: 1/3}]}}",
         "4:39 conditional remits part of a sentence, but a has no sentence"},
        {"{sentence: 1 day, release: {granted: 0.5}}",
         "4:43 granted is the share with conditional release, but there is no conditional"},
        {"{sentence: 1 day, release: {conditional: [{up_to: 1 year}]}}",
         "4:57 conditional[0] lacks the key remits"},
        {"{sentence: 1 day, release: {conditional: [{up_to: 1 year, remits: 0}, {up_to: 365 "
         "days, remits: 0}]}}",
         "4:93 up_to is 1 year; it must be above that of the row before it, 1 year"},
        {"{sentence: 1 day, release: {conditional: [{remits: 0}, {up_to: 1 year, remits: 0}]}}",
         "4:70 conditional[1] is never reached: the row before it has no up_to and fits any "
         "sentence"},
    };
    expect_errors(table, COUNT(table));
}

Test(status, errors_say_what_is_wrong_with_waiting)
{
    static const struct refused_status table[] = {
        {"{waits: {}}", "4:23 waits lacks the key in"},
        {"{waits: {in: police_cel}}",
         "4:28 in is police_cel; no way to wait or regime has this name; did you mean "
         "'police_cell'?"},
        {"{waits: {in: closed}}",
         "4:28 in is closed, which has no units and not places: unlimited, "
         "so nobody can wait there"},
        {"{waits: {in: police_cell, limit: 10 days}}",
         "4:41 limit lacks at_limit: what gives when it is reached"},
        {"{waits: {in: police_cell, at_limit: [stay]}}",
         "4:41 at_limit lacks limit: how long people may wait"},
        {"{waits: {in: outside, limit: 10 days, at_limit: [stay]}}",
         "4:37 limit holds only for those who wait in a regime, such as police cells"},
        {"{waits: {in: police_cell, limit: 1 day, at_limit: [out_of_category]}}",
         "4:65 at_limit must end with one that cannot fail: over_capacity, sent_home or stay"},
        {"{waits: {in: police_cell, limit: 1 day, at_limit: []}}",
         "4:65 at_limit must end with one that cannot fail: over_capacity, sent_home or stay"},
        {"{waits: {in: police_cell, limit: 1 day, at_limit: [stay, out_of_category]}}",
         "4:72 out_of_category is never reached: stay before it cannot fail"},
        {"{waits: {in: police_cell, limit: 1 day, at_limit: [out_of_category, out_of_category]}}",
         "4:83 out_of_category stands twice"},
        {"{waits: {in: police_cell, limit: 1 day, at_limit: [sent_hom]}}",
         "4:66 at_limit[0] is sent_hom; did you mean 'sent_home'?"},
        {"{waits: {in: police_cell, limit: 1 day, at_limit: [sent_home]}}",
         "4:65 at_limit has sent_home, but a lacks the section sent_home, which says when they "
         "come back"},
        {"{sent_home: {as: b}}", "4:27 sent_home lacks the key back_after"},
        {"{sent_home: {back_after: 1 day, as: c}}",
         "4:51 as is c; no status has this name; known are a, b"},
        {"{waits: {in: prison}, called_up: {}}",
         "4:37 called_up is for people who wait outside, but a waits elsewhere"},
        {"{called_up: {no_show: 0.1}}",
         "4:28 no_show lacks then: the status of those who do not come"},
        {"{called_up: {every: day}}", "4:35 every is day; it must be week"},
    };
    expect_errors(table, COUNT(table));
}

Test(status, errors_say_what_is_wrong_with_routes)
{
    static const struct refused_status table[] = {
        {"{next: b}", "4:22 next is b; it must be a mapping of keys to values"},
        {"{next: {c: 1}}", "4:23 c is not a known key; known here are a, b, release"},
        {"{next: {b: 0.5, release: 0.4}}",
         "4:22 the shares of next add up to 0.9; they must add up to 1"},
        {"{next: {}}", "4:22 the shares of next add up to 0; they must add up to 1"},
        {"{next: {by: sex, man: {b: 1}, else: {b: 0.5, release: 0.6}}}",
         "4:51 the shares of else add up to 1.1; they must add up to 1"},
        {"{next: {a: 1}}", "4:12 the routes a, a go round without taking time; give one of them a "
                           "stay"},
    };
    static const struct refused_plan cycles[] = {
        {"statuses: {x: {next: {b: 1}}, a: {stay: 1 day, next: {b: 1}}, b: {next: {d: 0.5, c: "
         "rest}}, c: {stay: 0 days, next: {d: 0.1, release: rest}}, d: {next: {a: 0.5, b: "
         "rest}}}\n",
         "1:63 the routes b, d, b go round without taking time; give one of them a stay"},
        /* all of the sentence may have been served in remand */
        {"statuses: {a: {sentence: 1 day, clock: custody, next: {b: 1}}, b: {next: {a: 1}}}\n",
         "1:12 the routes a, b, a go round without taking time; give one of them a stay"},
        {"statuses: {a: {sentence: 1 day, clock: custody, next: {b: 1}}, b: {stay: 1 hour, next: "
         "{a: 1}}}\n",
         ""},
        {"statuses: {release: {}, by: {}}\n",
         "1:12 release has a meaning of its own; choose another name\n"
         "1:25 by has a meaning of its own; choose another name"},
        /* who refers to a badly named status is right */
        {"statuses: {Remand: {stay: 1 day, next: {tbs: 1}}, tbs: {stay: 1 day, next: {Remand: "
         "1}}}\n",
         "1:12 Remand is no name; a name is small letters, digits and _, a letter first: write "
         "remand"},
    };
    expect_errors(table, COUNT(table));
    plan_expect_errors(cycles, COUNT(cycles));
}

Test(status, no_more_than_64_statuses)
{
    char                text[2000] = "statuses:\n";
    struct refused_plan row = {text, "66:3 s64 is one status too many; at most 64 are allowed"};
    for (int s = 0; s < 65; s++)
        snprintf(text + strlen(text), 20, "  s%d: {}\n", s);
    plan_expect_errors(&row, 1);
}
