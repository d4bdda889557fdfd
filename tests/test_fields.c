#include "yaml_reader.h"

#include <stdlib.h>

#include "sim/date.h"

struct inner {
    int64_t days;
};

struct thing {
    const char         *title, *name;
    int64_t             places, drain_min, limit_min;
    double              factor;
    struct fraction     share;
    int32_t             starts_day;
    const struct shape *stay;
    int                 order;
    struct inner        inner;
    int                 own_calls;
};

static void own_count(struct reader *reader, struct node *node, void *member)
{
    (void)reader;
    *(int *)member += 1 + node->count;
}

static const struct field inner_fields[] = {
    {.key = "days",
     .type = FIELD_COUNT,
     .offset = offsetof(struct inner, days),
     .required = true,
     .low = 1,
     .high = -1,
     .unit = "days",
     .help = "How long."},
    {0},
};

static const char *const orders[] = {"first_come", "longest_sentence", NULL};

static const struct field thing_fields[] = {
    {.key = "title",
     .type = FIELD_TEXT,
     .offset = offsetof(struct thing, title),
     .otherwise = "none",
     .help = "Shown a | b."},
    {.key = "name", .type = FIELD_NAME, .offset = offsetof(struct thing, name)},
    {.key = "places",
     .type = FIELD_COUNT,
     .offset = offsetof(struct thing, places),
     .required = true,
     .low = 0,
     .high = 1000,
     .unit = "places",
     .help = "Places built."},
    {.key = "drain", .type = FIELD_DURATION, .offset = offsetof(struct thing, drain_min)},
    {.key = "limit",
     .type = FIELD_DURATION,
     .offset = offsetof(struct thing, limit_min),
     .low = MINUTES_A_DAY,
     .high = MINUTES_A_YEAR},
    {.key = "factor", .type = FIELD_NUMBER, .offset = offsetof(struct thing, factor)},
    {.key = "share", .type = FIELD_SHARE, .offset = offsetof(struct thing, share)},
    {.key = "starts", .type = FIELD_DATE, .offset = offsetof(struct thing, starts_day)},
    {.key = "stay", .type = FIELD_SHAPE, .offset = offsetof(struct thing, stay)},
    {.key = "order",
     .type = FIELD_CHOICE,
     .offset = offsetof(struct thing, order),
     .choices = orders,
     .otherwise = "first_come"},
    {.key = "inner",
     .type = FIELD_INNER,
     .offset = offsetof(struct thing, inner),
     .inner = inner_fields},
    {.key = "units",
     .type = FIELD_OWN,
     .offset = offsetof(struct thing, own_calls),
     .inner = inner_fields,
     .own = own_count},
    {.key = "weekday",
     .type = FIELD_OWN,
     .offset = offsetof(struct thing, own_calls),
     .own = own_count,
     .unit = "list of 7 numbers"},
    {.key = "wings",
     .type = FIELD_OWN,
     .offset = offsetof(struct thing, own_calls),
     .own = own_count,
     .unit = "list of wings",
     .one_of = "wing",
     .otherwise = "all"},
    {.key = "times",
     .type = FIELD_OWN,
     .offset = offsetof(struct thing, own_calls),
     .inner = inner_fields,
     .own = own_count,
     .one_of = "of days"},
    {0},
};

Test(fields, bind_each_type_to_its_member)
{
    struct yaml_reader yaml;
    yaml_open(&yaml);
    struct node *root = yaml_root(&yaml, "title: Works at NO place\n"
                                         "name: wing_1\n"
                                         "places: {value: 120, source: letter}\n"
                                         "drain: 60 days\n"
                                         "factor: 1.04\n"
                                         "share: 2/3\n"
                                         "starts: 2026-01-01\n"
                                         "stay: 14 days\n"
                                         "order: longest_sentence\n"
                                         "inner: {days: 9, source: x, confidence: stated}\n"
                                         "units: [a, b]\n"
                                         "source: facts section 2\n"
                                         "confidence: assumed\n");
    struct thing thing = {.limit_min = 77};
    fields_read(&yaml.reader, root, thing_fields, &thing);
    cr_expect_str_eq(yaml_errors(&yaml), "");
    cr_expect_str_eq(thing.title, "Works at NO place");
    cr_expect_str_eq(thing.name, "wing_1");
    cr_expect_eq(thing.places, 120);
    cr_expect_eq(thing.drain_min, 86400); /* 60 x 1,440 */
    cr_expect_eq(thing.limit_min, 77, "an absent key leaves its member");
    cr_expect_eq(thing.factor, 1.04);
    cr_expect(thing.share.num == 2 && thing.share.den == 3);
    cr_expect_eq(thing.starts_day, 20454);
    cr_expect_eq(thing.stay->fixed_min, 20160); /* 14 x 1,440 */
    cr_expect_eq(thing.order, 1);
    cr_expect_eq(thing.inner.days, 9);
    cr_expect_eq(thing.own_calls, 3);
    for (const struct node *node = root->first; node; node = node->next)
        cr_expect(node->used, "%s", node->key);
}

Test(fields, tell_all_errors_each_at_its_place)
{
    static const struct {
        const char *text, *errors;
    } table[] = {
        {"plces: 5\nplaces: 3\n", "1:1 plces is not a known key; did you mean 'places'?"},
        {"colour: red\nplaces: 3\n",
         "1:1 colour is not a known key; known here are title, name, places, drain, limit, factor, "
         "share, starts, stay, order, inner, units, weekday, wings, times"},
        {"title: a\n", "1:1 the file lacks the key places"},
        {"places: 5\ninner: {}\n", "2:8 inner lacks the key days"},
        {"places: 5\ninner: {dys: 3}\n", "2:9 dys is not a known key; did you mean 'days'?"},
        {"places: 5\ninner: {term: 3}\n", "2:9 term is not a known key; known here are days\n"
                                          "2:8 inner lacks the key days"},
        {"places: 5\ninner: {days: 1,5}\n",
         "2:17 a comma ends the value of days, so that 5 is a key; decimals take a point: 1.5"},
        {"places: 5\ninner: {days: 12,500}\n",
         "2:18 a comma ends the value of days, so that 500 is a key; write 12500 or 12.5, as is "
         "meant"},
        {"places: 5\ninner: {days: 0,500}\n",
         "2:15 days is 0; it must be at least 1\n"
         "2:17 a comma ends the value of days, so that 500 is a key; decimals take a point: 0.500"},
        {"places: 5\ninner: 3\n", "2:8 inner is 3; it must be a mapping of keys to values"},
        {"places: 5\ninner: [a]\n", "2:8 inner is a list; it must be a mapping of keys to values"},
        {"places: 5\ninner:\n", "2:7 inner is empty; it must be a mapping of keys to values"},
        {"places: 5\nwings: []\n",
         "2:8 wings is an empty list; name at least one wing, or leave the key out: all"},
        {"places: 5\nwings: {source: a letter}\n",
         "2:8 wings is an empty mapping; name at least one wing, or leave the key out: all"},
        {"places: 5\nwings: [a]\nunits: []\nweekday: {}\n", ""},
        {"places: 5\ninner: {days: 0}\n", "2:15 days is 0; it must be at least 1"},
        {"places: 1001\n", "1:9 places is 1001; it must lie between 0 and 1000"},
        {"places: 5\nlimit: 400 days\n",
         "2:8 limit is 400 days; it must lie between 1 day and 1 year"},
        {"places: 5\norder: oldest\n",
         "2:8 order is oldest; it must be first_come or longest_sentence"},
        {"places: 5\norder: longest_sentences\n",
         "2:8 order is longest_sentences; did you mean 'longest_sentence'?"},
        {"places: 5\norder: [first_come]\n", "2:8 order is a list; it must be one word"},
        {"places: 010\nshare: 1.4\nfactor: x\nconfidence: sure\n",
         "4:13 confidence is sure; it must be stated, derived, calibrated or assumed\n"
         "1:9 places is 010; a leading zero reads as octal elsewhere: write 10\n"
         "2:8 share is 1.4; it must lie between 0 and 1\n"
         "3:9 factor is x; it must be a number such as 12.5"},
    };
    struct yaml_reader yaml;
    yaml_open(&yaml);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct thing thing = {.places = -1, .share = {1, 7}};
        fields_read(&yaml.reader, yaml_root(&yaml, table[i].text), thing_fields, &thing);
        cr_expect_str_eq(yaml_errors(&yaml), table[i].errors);
        cr_expect(thing.share.num == 1 && thing.share.den == 7, "a wrong value changed its member");
    }
}

Test(fields, call_a_node_by_its_key_and_place_in_lists)
{
    struct yaml_reader yaml;
    yaml_open(&yaml);
    struct node *bands = yaml_value(&yaml, "[[1, 2], [3, 4]]");
    cr_expect_str_eq(node_label(&yaml.arena, bands), "x");
    cr_expect_str_eq(node_label(&yaml.arena, bands->last->first), "x[1][0]");
    cr_expect_str_eq(node_label(&yaml.arena, bands->parent), "the file");
}

Test(fields, point_at_the_value_or_at_the_key)
{
    struct yaml_reader yaml;
    yaml_open(&yaml);
    struct node *node = yaml_value(&yaml, "5");
    node_error(&yaml.reader, node, "%d is wrong", 5);
    node_key_error(&yaml.reader, node, "%s is wrong", node->key);
    cr_expect_str_eq(yaml_errors(&yaml), "1:4 5 is wrong\n1:1 x is wrong");
    cr_expect_str_eq(yaml.errors.list[0].file, "t.yaml");
}

/* -- the reference */

static const struct field outer_fields[] = {
    {.key = "thing", .type = FIELD_OWN, .inner = thing_fields, .help = "A thing."},
    {.key = "outer",
     .type = FIELD_OWN,
     .inner = outer_fields,
     .help = "A table within itself is printed once."},
    {0},
};

Test(fields, print_the_reference_with_inner_tables_below)
{
    char  *text = NULL;
    size_t length = 0;
    FILE  *out = open_memstream(&text, &length);
    fields_write(outer_fields, "Scenario", out);
    fclose(out);
    const char *wanted =
        "## Scenario\n"
        "\n"
        "| key | type | allowed | if left out | meaning |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| `thing` | mapping | the keys below |  | A thing. |\n"
        "| `outer` | mapping | the keys below |  | A table within itself is printed once. |\n"
        "\n"
        "### thing\n"
        "\n"
        "| key | type | allowed | if left out | meaning |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| `title` | text | any text | none | Shown a \\| b. |\n"
        "| `name` | name | small letters, digits, `_` |  |  |\n"
        "| `places` | count, places | 0 to 1000 | must be given | Places built. |\n"
        "| `drain` | duration | `14 days`, up to 200 years |  |  |\n"
        "| `limit` | duration | 1 day to 1 year |  |  |\n"
        "| `factor` | number | any number |  |  |\n"
        "| `share` | share | 0 to 1: `0.4` or `1/3` |  |  |\n"
        "| `starts` | date | `2027-04-01` |  |  |\n"
        "| `stay` | shape | a duration or a family |  |  |\n"
        "| `order` | choice | `first_come`, `longest_sentence` | first_come |  |\n"
        "| `inner` | mapping | the keys below |  |  |\n"
        "| `units` | mapping | the keys below |  |  |\n"
        "| `weekday` | list of 7 numbers |  |  |  |\n"
        "| `wings` | list of wings | at least one wing | all |  |\n"
        "| `times` | mapping | the keys below, at least one of days |  |  |\n"
        "\n"
        "### thing.inner\n"
        "\n"
        "| key | type | allowed | if left out | meaning |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| `days` | count, days | at least 1 | must be given | How long. |\n"
        "\n"
        "### thing.units\n"
        "\n"
        "| key | type | allowed | if left out | meaning |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| `days` | count, days | at least 1 | must be given | How long. |\n"
        "\n"
        "### thing.times\n"
        "\n"
        "| key | type | allowed | if left out | meaning |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| `days` | count, days | at least 1 | must be given | How long. |\n";
    cr_expect_str_eq(text, wanted);
    free(text);
}

Test(fields, look_up_no_name_for_an_error_that_is_not_kept)
{
    static const char *const names[] = {"prison"};
    struct errors            errors = {.count = ERRORS_KEPT - 1};
    struct arena             arena;
    cr_assert(arena_open(&arena, 1 << 20, &errors));
    struct reader reader = {.arena = &arena, .errors = &errors};
    cr_expect_str_eq(node_names_advice(&reader, "prizon", names, 1), "; did you mean 'prison'?");
    errors.count++;
    cr_expect_str_eq(node_names_advice(&reader, "prizon", names, 1), "");
    arena_close(&arena);
}
