#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

#define QUARTER "period: {start: 2026-01-01, end: 2026-03-31}\n"

/* Units by id: south 0, north 1, bare 2, annex_south 3, annex_north 4. */
#define REGIONS                                                                                    \
    "regimes: {ward: {}, annex: {}}\n"                                                             \
    "institutions:\n"                                                                              \
    "  sud: {region: south, units: {ward: {regime: ward, places: 2}}}\n"                           \
    "  nord: {region: south, units: {ward: {regime: ward, places: 1, region: north}}}\n"           \
    "units:\n"                                                                                     \
    "  bare: {regime: ward, places: 1}\n"                                                          \
    "  annex_s: {regime: annex, places: 1, region: south}\n"                                       \
    "  annex_n: {regime: annex, places: 1, region: north}\n"

static const char *units_in_turn(const struct support_run *run)
{
    struct arena arena = support_arena();
    const char  *text = "";
    for (uint32_t i = 0; i < run->trace.count; i++)
        if (run->trace.row[i].what == TRACE_PLACED)
            text = arena_print(&arena, "%s%s%s", text, *text ? " " : "",
                               run->plan->estate.unit_name[run->trace.row[i].unit]);
    return text;
}

Test(near, takes_units_of_the_own_region_first_within_each_entry)
{
    /* All are of the north; 7 want 6 places. Of the first entry, ward: nord.ward (1) though
     * sud.ward has more free, then the rest of the entry in file order, bare (1, of no region) and
     * sud.ward (2), before the second entry: annex_n, then annex_s. Across: sud.ward twice and
     * annex_s: 3; bare lies in no other region. */
    struct support_run run =
        support_run(QUARTER "attributes: {home: {north: 1, south: 0}}\n" REGIONS
                            "statuses: {held: {stay: 80 days}}\n"
                            "placement: {all: {to: [ward, annex], near: home}}\n"
                            "start: {waiting: {held: {persons: 7}}}\n",
                    0);
    cr_expect_str_eq(units_in_turn(&run),
                     "nord.ward bare sud.ward sud.ward annex_n annex_s nord.ward");
    cr_expect_eq(support_year(&run, "placements_across_regions total", 2026), 3);
    cr_expect_eq(support_year(&run, "placements status.held", 2026), 7);
    cr_expect_eq(support_day(&run, "placements_across_regions total", "2026-01-01"), 3);
}

Test(near, does_not_count_regions_where_no_rule_asks_for_them)
{
    struct support_run run =
        support_run(QUARTER "attributes: {home: {north: 1, south: 0}}\n" REGIONS
                            "statuses: {held: {stay: 80 days}}\n"
                            "placement: {all: {to: [ward, annex]}}\n"
                            "start: {waiting: {held: {persons: 7}}}\n",
                    0);
    cr_expect_str_eq(units_in_turn(&run),
                     "sud.ward bare nord.ward sud.ward annex_n annex_s sud.ward",
                     "one pool of wards: most free, ties by name");
    cr_expect_eq(support_year(&run, "placements_across_regions total", 2026), 0);
    cr_expect_eq(run.plan->rules.pool_count, 2);
    cr_expect(run.plan->rules.own_region == NULL);
}

Test(near, sorts_places_out_of_category_too)
{
    /* Both homes, by status no difference. Pools: bare 0, annex_s 1, annex_n 2, sud.ward 3,
     * nord.ward 4 by the order of units. In the ordinary way the wards; at the limit the annexes
     * behind, the own first; better than the annex: the wards again. */
    const struct rules *rules =
        &support_scenario(QUARTER
                          "attributes: {home: {south: 0.5, north: rest}}\n" REGIONS
                          "statuses: {held: {stay: 80 days}}\n"
                          "placement: {all: {to: [ward], out_of_category: [annex], near: home}}\n")
             ->rules;
    uint16_t bare = rules->pool_of_unit[0], annex_s = rules->pool_of_unit[1],
             annex_n = rules->pool_of_unit[2], s = rules->pool_of_unit[3],
             n = rules->pool_of_unit[4];
    uint16_t expected[2][5] = {{s, bare, n, annex_s, annex_n}, {n, bare, s, annex_n, annex_s}};
    cr_assert_eq(rules->pool_count, 5);
    for (uint32_t home = 0; home < 2; home++) {
        const struct entitlement *is = rules_entitlement(rules, 0, home);
        cr_assert_eq(rules->lists[is->list].pool_count, 3);
        cr_assert_eq(rules->lists[is->wider].pool_count, 5);
        for (int i = 0; i < 5; i++)
            cr_expect_eq(rules->lists[is->wider].pool[i], expected[home][i], "%u %d", home, i);
        for (int i = 0; i < 3; i++)
            cr_expect_eq(rules->lists[is->list].pool[i], expected[home][i], "%u %d", home, i);
        cr_expect_eq(is->better, is->list);
    }
}

Test(near, leaves_who_lives_where_no_place_is_to_the_order_of_the_file)
{
    /* Nobody of the island has a region of his own: 3 in wards of file order; nord.ward is south's
     * own by its institution but says north itself. All but bare lie in another region. */
    struct support_run run =
        support_run(QUARTER "attributes: {home: {island: 1, north: 0}}\n" REGIONS
                            "statuses: {held: {stay: 80 days}}\n"
                            "placement: {all: {to: [ward], near: home}}\n"
                            "start: {waiting: {held: {persons: 4}}}\n",
                    0);
    cr_expect_eq(support_year(&run, "placements_across_regions total", 2026), 3);
}

static const char *with_north(int places)
{
    struct arena arena = support_arena();
    return arena_print(&arena,
                       QUARTER "attributes: {home: {north: 0.5, south: rest}}\n"
                               "regimes: {ward: {}}\n"
                               "units:\n"
                               "  s: {regime: ward, places: 40, region: south}\n"
                               "  nord: {regime: ward, places: %d, region: north}\n"
                               "statuses: {held: {stay: 80 days}}\n"
                               "placement: {all: {to: [ward], near: home}}\n"
                               "start: {waiting: {held: {persons: 40}}}\n"
                               "output: {daily: [home, regime]}\n",
                       places);
}

Test(near, puts_everybody_in_his_region_while_there_is_room)
{
    /* 40 people, each region has room for all: nobody across; the same with one place less than
     * those of the north: one goes south. */
    struct support_run run = support_run(with_north(40), 0);
    int                north = (int)support_day(&run, "present home.north", "2026-01-01");
    cr_expect(north > 8 && north < 32, "20 within 4 sd of 3.2: %d", north);
    cr_expect_eq(support_year(&run, "placements_across_regions total", 2026), 0);
    run = support_run(with_north(north - 1), 0);
    cr_expect_eq(support_year(&run, "placements_across_regions total", 2026), 1);
}

Test(near, tells_when_regions_make_too_many_pools)
{
    /* 5 regimes x 2 admits x 13 regions = 130 pools; without near 10 */
    struct arena arena = support_arena();
    const char  *text = QUARTER "attributes: {sex: {man: 0.5, woman: rest}, home: {r0: 0.5, r1: "
                                "0.5, r2: 0, r3: 0, r4: 0, r5: 0, r6: 0, r7: 0, r8: 0, r9: 0, r10: "
                                "0, r11: 0, r12: 0}}\n"
                                "regimes: {g0: {}, g1: {}, g2: {}, g3: {}, g4: {}}\nunits:\n";
    for (int i = 0; i < 130; i++)
        text = arena_print(&arena,
                           "%s  u%d: {regime: g%d, places: 1, admits: {sex: %s}, region: r%d}\n",
                           text, i, i % 5, i / 5 % 2 ? "man" : "woman", i / 10);
    const char *rest =
        "statuses: {held: {stay: 1 day}}\nplacement:\n  all: {to: [g0, g1, g2, g3, g4]";
    const char *far = arena_print(&arena, "%s%s}\n", text, rest);
    const char *near = arena_print(&arena, "%s%s, near: home}\n", text, rest);
    cr_expect_eq(support_scenario(far)->rules.pool_count, 10);
    cr_expect_str_eq(support_errors(near),
                     "test.yaml:137:3: regimes, admits and the rules split the units into 130 "
                     "pools; at most 128 are allowed: name fewer units apart, or let fewer rules "
                     "say near\n");
}
