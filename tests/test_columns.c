#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

/* Units: ward_a 0, lodge_a 1, cell 2, band 3, the pseudo unit outside 4. */
#define WORLD                                                                                      \
    "period: {start: 2026-01-01, end: 2026-12-31}\n"                                               \
    "attributes:\n"                                                                                \
    "  sex: {man: 0.9, woman: rest}\n"                                                             \
    "  age: {young: 0.1, grown: rest}\n"                                                           \
    "  risk: {low: 0.5, middle: 0.3, high: rest}\n"                                                \
    "regimes:\n"                                                                                   \
    "  ward: {}\n"                                                                                 \
    "  lodge: {}\n"                                                                                \
    "  cell: {places: unlimited, emergency: true}\n"                                               \
    "  band: {places: unlimited, outside: true}\n"                                                 \
    "units: {ward_a: {regime: ward, places: 9}, lodge_a: {regime: lodge, places: 9}}\n"            \
    "statuses:\n"                                                                                  \
    "  patient: {stay: 1 day, waits: {in: outside}}\n"                                             \
    "  guest: {stay: 1 day, waits: {in: nowhere}}\n"                                               \
    "placement: {all: {to: [ward, lodge]}}\n"

static const struct columns *columns_of(const char *text)
{
    return &support_scenario(text)->columns;
}

/* The index of the column with this name, or -1. */
static int find(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static int day(const struct columns *columns, const char *name)
{
    int column = find(columns->yearly_name, columns->daily_count, name);
    cr_assert(column >= 0, "no column %s", name);
    return column;
}

Test(columns, are_total_status_and_regime_unless_asked_otherwise)
{
    const struct columns *columns = columns_of(WORLD);
    /* pairs: present in total + 2 statuses + 3 regimes not outside = 6, waiting total + 2 statuses
     * = 3, outside 1, over the limit 1, so 22; usable: total, ward, lodge = 3; over_capacity 1; 7
     * of places in total; the counts; need, shortage, cell, queue, at_home */
    cr_expect_eq(columns->daily_count, 22 + 3 + 1 + 7 + COUNTS + 5);
    /* and 2 statuses x the counts, 2 x (3 + 24 classes) of waits */
    cr_expect_eq(columns->yearly_count, 38 + COUNTS + 2 * COUNTS + 54);
    cr_expect_eq(columns->class_count, 1);
    static const char *const names[] = {"present total",          "present_mean total",
                                        "present status.patient", "present_mean status.patient",
                                        "present status.guest",   "present_mean status.guest",
                                        "present regime.ward",    "present_mean regime.ward",
                                        "present regime.lodge",   "present_mean regime.lodge",
                                        "present regime.cell",    "present_mean regime.cell",
                                        "waiting total",          "waiting_mean total"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        cr_expect_str_eq(columns->yearly_name[i], names[i]);
        cr_expect_eq(columns->daily[i].kind, i % 2 ? COLUMN_MINUTES : COLUMN_STOCK);
    }
    cr_expect_str_eq(columns->daily[2].indicator, "present");
    cr_expect_str_eq(columns->daily[2].group, "status.patient");
}

Test(columns, have_names_that_are_unique)
{
    const struct columns *columns =
        columns_of(WORLD "output: {daily: [total, sex, risk, status, regime]}\n");
    for (int i = 0; i < columns->yearly_count; i++)
        cr_expect_eq(find(columns->yearly_name, columns->yearly_count, columns->yearly_name[i]), i,
                     "%s", columns->yearly_name[i]);
    static const char *const totals[TOTALS] = {"events", "start",          "arrivals",
                                               "held",   "cell",           "outside",
                                               "left",   "person_minutes", "stay_minutes"};
    struct arena             arena = support_arena();
    const char             **names = columns_total_names(columns, &arena);
    for (int i = 0; i < TOTALS; i++)
        cr_expect_str_eq(names[i], totals[i]);
}

Test(columns, tell_apart_only_the_attributes_that_are_asked)
{
    /* profile = 6 sex + 3 age + risk, class = sex + 2 risk */
    const struct columns *columns = columns_of(WORLD "output: {daily: [risk, sex]}\n");
    cr_expect_eq(columns->class_count, 6);
    for (int sex = 0; sex < 2; sex++)
        for (int age = 0; age < 2; age++)
            for (int risk = 0; risk < 3; risk++)
                cr_expect_eq(columns->class_of_profile[6 * sex + 3 * age + risk], sex + 2 * risk);
}

/* Whether the targets of a cell are these columns of people, in any order. */
static bool leads_to(const struct columns *columns, const int *target, const char *const *names)
{
    int count = 0;
    for (; names[count]; count++) {
        bool found = false;
        for (int i = 0; target[i] >= 0; i++)
            found |= target[i] == day(columns, names[count]);
        if (!found)
            return false;
    }
    return target[count] == -1;
}

Test(columns, lead_each_cell_to_its_groups)
{
    const struct columns *columns =
        columns_of(WORLD "output: {daily: [sex, risk, status, regime]}\n");
    enum { PATIENT, GUEST };
    static const struct {
        int         stock, unit, status, class; /* class = sex + 2 risk */
        const char *names[6];
    } table[] = {
        {STOCK_PRESENT,
         0,
         PATIENT,
         0,
         {"present total", "present status.patient", "present sex.man", "present risk.low",
          "present regime.ward"}},
        {STOCK_PRESENT,
         1,
         GUEST,
         5,
         {"present total", "present status.guest", "present sex.woman", "present risk.high",
          "present regime.lodge"}},
        {STOCK_PRESENT,
         2,
         PATIENT,
         3,
         {"present total", "present status.patient", "present sex.woman", "present risk.middle",
          "present regime.cell"}},
        {STOCK_PRESENT, 3, PATIENT, 2, {"outside total"}},
        {STOCK_PRESENT, 4, GUEST, 4, {"outside total"}},
        {STOCK_WAITING,
         0,
         GUEST,
         1,
         {"waiting total", "waiting status.guest", "waiting sex.woman", "waiting risk.low"}},
        {STOCK_OVER_LIMIT, 0, PATIENT, 4, {"over_limit total"}},
    };
    cr_expect_eq(columns->target_room, 6, "total, status, regime, sex, risk and the end");
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        int row = table[i].stock == STOCK_PRESENT ? columns->row_of_unit[table[i].unit] : 0;
        int cell = (row * 2 + table[i].status) * 6 + table[i].class;
        cr_expect(leads_to(columns, columns->target[table[i].stock] + cell * columns->target_room,
                           table[i].names),
                  "row %zu", i);
    }
}

Test(columns, share_a_row_of_cells_between_units_that_no_column_tells_apart)
{
    /* ward_a 0, ward_b 1, lodge_a 2, ward_c 3, cell 4, band 5, outside 6 */
    const struct columns *columns =
        columns_of("period: {start: 2026-01-01, end: 2026-12-31}\n"
                   "regimes: {ward: {}, lodge: {}, cell: {places: unlimited, emergency: true},\n"
                   "  band: {places: unlimited, outside: true}}\n"
                   "units: {ward_a: {regime: ward, places: 9}, ward_b: {regime: ward, places: 9},\n"
                   "  lodge_a: {regime: lodge, places: 9}, ward_c: {regime: ward, places: 9}}\n"
                   "statuses: {guest: {stay: 1 day, waits: {in: outside}}}\n"
                   "placement: {all: {to: [ward, lodge]}}\n"
                   "output: {daily: [total]}\n");
    static const uint16_t rows[] = {0, 0, 1, 0, 2, 3, 4};
    cr_expect_eq(columns->row_count, 5,
                 "by regime, though none is asked: minutes are checked by it");
    for (int u = 0; u < 7; u++)
        cr_expect_eq(columns->row_of_unit[u], rows[u], "unit %d", u);
}

Test(columns, say_where_counts_places_and_waits_go)
{
    const struct columns    *columns = columns_of(WORLD);
    static const char *const counts[COUNTS] = {"arrivals",
                                               "entries",
                                               "placements",
                                               "refused",
                                               "released",
                                               "left_waiting",
                                               "called",
                                               "no_show",
                                               "sent_home",
                                               "out_of_category",
                                               "over_capacity_placements",
                                               "transferred",
                                               "placements_across_regions",
                                               "swapped"};
    char                     name[80];
    for (int c = 0; c < COUNTS; c++) {
        snprintf(name, sizeof name, "%s total", counts[c]);
        cr_expect_eq(columns->count_total[c], day(columns, name));
        cr_expect_eq(columns->daily[columns->count_total[c]].kind, COLUMN_COUNT);
        for (int s = 0; s < 2; s++) {
            int column = columns->count_first + s * COUNTS + c;
            snprintf(name, sizeof name, "%s status.%s", counts[c], s ? "guest" : "patient");
            cr_expect_str_eq(columns->yearly_name[column], name);
            cr_expect_eq(columns->yearly[column].kind, COLUMN_COUNT);
        }
    }
    cr_expect_eq(columns->usable_total, day(columns, "usable total"));
    cr_expect_eq(columns->usable_of_regime[0], day(columns, "usable regime.ward"));
    cr_expect_eq(columns->usable_of_regime[1], day(columns, "usable regime.lodge"));
    cr_expect_eq(columns->usable_of_regime[2], -1, "police cells are nobody's place");
    cr_expect_eq(columns->usable_of_regime[3], -1);
    cr_expect_eq(columns->over_capacity_total, day(columns, "over_capacity total"));
    int guest = columns->wait_first + WAITS + WAIT_CLASSES;
    cr_expect_eq(columns->count_first, columns->daily_count);
    cr_expect_eq(columns->wait_first, columns->daily_count + 2 * COUNTS);
    cr_expect_str_eq(columns->yearly_name[guest + WAIT_ENDED], "waits_ended status.guest");
    cr_expect_str_eq(columns->yearly_name[guest + WAIT_LONGER_THAN_0], "waited status.guest");
    cr_expect_str_eq(columns->yearly_name[guest + WAIT_MINUTES], "wait_minutes status.guest");
    cr_expect_str_eq(columns->yearly_name[guest + WAITS], "wait_from_0_days status.guest");
    cr_expect_str_eq(columns->yearly_name[guest + WAITS + 8], "wait_from_10_days status.guest");
    cr_expect_str_eq(columns->yearly_name[guest + WAITS + 23], "wait_from_3650_days status.guest");
}

Test(columns, are_few_when_little_is_asked)
{
    const struct columns *columns = columns_of(WORLD "output: {daily: []}\n");
    cr_expect_eq(columns->daily_count, 8 + 1 + 1 + 7 + COUNTS + 5);
    cr_expect_eq(columns->usable_of_regime[0], -1);
    cr_expect_eq(columns->yearly_count, 22 + COUNTS + 2 * COUNTS + 54,
                 "a year tells statuses apart all the same");
}

#define MANY                                                                                       \
    "period: {start: 2026-01-01, end: 2026-12-31}\n"                                               \
    "attributes:\n"                                                                                \
    "  a: {x0: 1, x1: 0, x2: 0, x3: 0, x4: 0, x5: 0, x6: 0, x7: 0}\n"                              \
    "  b: {x0: 1, x1: 0, x2: 0, x3: 0, x4: 0, x5: 0, x6: 0, x7: 0}\n"                              \
    "  c: {x0: 1, x1: 0, x2: 0, x3: 0, x4: 0, x5: 0, x6: 0, x7: 0}\n"                              \
    "  d: {x0: 1, x1: 0, x2: 0, x3: 0, x4: 0, x5: 0, x6: 0, x7: 0}\n"                              \
    "  e: {x0: 1, x1: 0, x2: 0, x3: 0, x4: 0, x5: 0, x6: 0, x7: 0}\n"                              \
    "regimes: {r0: {places: unlimited}, r1: {places: unlimited}, r2: {places: unlimited}}\n"       \
    "statuses:\n"                                                                                  \
    "  s0: {clock: arrival}\n  s1: {clock: arrival}\n  s2: {clock: arrival}\n"                     \
    "  s3: {clock: arrival}\n  s4: {clock: arrival}\n  s5: {clock: arrival}\n"                     \
    "  s6: {clock: arrival}\n  s7: {clock: arrival}\n  s8: {clock: arrival}\n"                     \
    "  s9: {clock: arrival}\n  t0: {clock: arrival}\n  t1: {clock: arrival}\n"                     \
    "  t2: {clock: arrival}\n  t3: {clock: arrival}\n  t4: {clock: arrival}\n"                     \
    "  t5: {clock: arrival}\n  t6: {clock: arrival}\n  t7: {clock: arrival}\n"                     \
    "  t8: {clock: arrival}\n  t9: {clock: arrival}\n"

Test(columns, tell_what_is_wrong)
{
    static const struct {
        const char *text, *errors;
    } table[] = {
        {WORLD "output: {daily: [total, sex]}\n", ""},
        {WORLD "output: {daily: [sex, total, sex]}\n", "test.yaml:16:30: daily names sex twice\n"},
        {MANY "output: {daily: [a, b, c, d]}\n", ""},
        {WORLD "output: {shortages: {}}\n", ""},
        {WORLD "output: {shortages: [normal]}\n",
         "test.yaml:16:21: shortages is a list; it must be a mapping of keys to values\n"},
        {WORLD "output: {shortages: {normal: yes, catching_up: 3, catch_up: 2 years}}\n",
         "test.yaml:16:30: normal is yes; it must be false or true\n"
         "test.yaml:16:48: catching_up is 3; give a unit, as in 3 days\n"
         "test.yaml:16:51: catch_up is not a known key; known here are normal, catching_up\n"},
        {WORLD "output: {shortages: {catching_up: 0 days}}\n",
         "test.yaml:16:35: catching_up is 0 days; it must lie between 1 day and 100 years\n"},
        {WORLD "output: {shortages: {catching_up: 101 years}}\n",
         "test.yaml:16:35: catching_up is 101 years; it must lie between 1 day and 100 years\n"},
        {WORLD "output: {shortage: {normal: true}}\n",
         "test.yaml:16:10: shortage is not a known key; did you mean 'shortages'?\n"},
        /* 4 units (one is outside) x 20 statuses x 8^5 */
        {MANY "output: {daily: [a, b, c, d, e]}\n",
         "test.yaml:30:17: units x statuses x values of the attributes make 2621440 cells; at most "
         "1048576 are allowed: name fewer attributes\n"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        cr_expect_str_eq(support_errors(table[i].text), table[i].errors, "row %zu:\n%s", i,
                         support_errors(table[i].text));
}
