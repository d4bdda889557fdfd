#include "models/places.h"

#include <stdlib.h>
#include <string.h>

#include "sim/date.h"
#include "sim/names.h"

const char *const cause_name[CAUSES + 1] = {[CAUSE_LOST] = "lost",
                                            [CAUSE_WORKS] = "works",
                                            [CAUSE_DAMAGE] = "damage",
                                            [CAUSE_RESERVE] = "reserve",
                                            [CAUSE_STAFF] = "staff"};

const char *const on_shrink_name[] = {[ON_SHRINK_DRAIN] = "drain",
                                      [ON_SHRINK_TRANSFER] = "transfer",
                                      [ON_SHRINK_HOLD] = "hold",
                                      NULL};

/* -- on a day */

static bool holds_on(const struct change *change, int32_t day)
{
    return change->from <= day && day <= change->to;
}

/* Nobody knows the end of what he does not know. */
static int32_t end_known_from(const struct change *change)
{
    return change->end_known_from > change->known_from ? change->end_known_from
                                                       : change->known_from;
}

static bool holds_as_known(const struct change *change, int32_t day, int32_t known)
{
    bool has_begun = change->from <= day && change->known_from <= known;
    bool is_over = change->to < day && end_known_from(change) <= known;
    return has_begun && !is_over;
}

/* What is built, and out of use for each cause by itself. */
struct asked {
    int64_t built, out[CAUSES];
};

static void ask(struct asked *asked, int why, int32_t places)
{
    if (why == NO_CAUSE)
        asked->built += places;
    else
        asked->out[why] -= places;
}

static struct asked asked_without_changes(const struct dated_places *dated)
{
    struct asked asked = {.built = dated->built};
    asked.out[dated->why] = dated->out_of_use;
    return asked;
}

static struct places places_of(const struct asked *asked)
{
    int32_t       built = asked->built > 0 ? (int32_t)asked->built : 0;
    struct places places = {.built = built, .usable = built};
    for (int c = 0; c < CAUSES; c++) {
        int64_t out = asked->out[c] > 0 ? asked->out[c] : 0;
        places.out[c] = out < places.usable ? (int32_t)out : places.usable;
        places.usable -= places.out[c];
    }
    return places;
}

/* The places on a day as they are known on a day before, or that day. */
static struct places places_known(const struct dated_places *dated, int32_t day, int32_t known)
{
    struct asked asked = asked_without_changes(dated);
    for (int i = 0; i < dated->change_count; i++) {
        const struct change *change = &dated->change[i];
        if (holds_as_known(change, day, known))
            ask(&asked, change->why, change->places);
    }
    return places_of(&asked);
}

struct places places_on(const struct dated_places *dated, int32_t day)
{
    return places_known(dated, day, day);
}

static void see_lowest(const struct dated_places *dated, int32_t day, int32_t next, int32_t *lowest)
{
    if (next <= day || next - day > dated->drain_days)
        return;
    int32_t usable = places_known(dated, next, day).usable;
    if (usable < *lowest)
        *lowest = usable;
}

int32_t places_lowest(const struct dated_places *dated, int32_t day)
{
    int32_t lowest = places_on(dated, day).usable;
    for (int i = 0; i < dated->change_count; i++) {
        see_lowest(dated, day, dated->change[i].from, &lowest);
        if (dated->change[i].to < NO_LAST_DAY)
            see_lowest(dated, day, dated->change[i].to + 1, &lowest);
    }
    return lowest;
}

int64_t places_most_built(const struct dated_places *dated)
{
    int64_t most = dated->built;
    for (int i = 0; i < dated->change_count; i++) {
        int64_t built = dated->built;
        for (int k = 0; k < dated->change_count; k++)
            if (dated->change[k].why == NO_CAUSE &&
                holds_on(&dated->change[k], dated->change[i].from))
                built += dated->change[k].places;
        most = built > most ? built : most;
    }
    return most;
}

/* -- steps */

/* A day on which a change begins or ends. */
struct turn {
    int32_t day, known_from;
    int32_t places;
    int     why;
    bool    is_shock;
};

static int by_day(const void *a, const void *b)
{
    const int32_t *one = a, *other = b; /* of a turn the first member */
    return (*one > *other) - (*one < *other);
}

static int list_turns(struct arena *arena, const struct dated_places *dated, struct turn **turns)
{
    struct turn *turn = arena_new(arena, struct turn, 2 * (size_t)dated->change_count + 1);
    int          count = 0;
    for (int i = 0; i < dated->change_count; i++) {
        const struct change *change = &dated->change[i];
        turn[count++] = (struct turn){change->from, change->known_from, change->places, change->why,
                                      change->is_shock};
        if (change->to < NO_LAST_DAY)
            turn[count++] = (struct turn){change->to + 1, end_known_from(change), -change->places,
                                          change->why, false};
    }
    qsort(turn, (size_t)count, sizeof *turn, by_day);
    *turns = turn;
    return count;
}

/* Days on which places or entries may change, in order: those of the turns, so many drain days
 * before them, and those on which they become known. */
static int list_step_days(struct arena *arena, const struct turn *turn, int turns,
                          int32_t drain_days, int32_t **days)
{
    int32_t *day = arena_new(arena, int32_t, 3 * (size_t)turns + 1);
    int      count = 0;
    for (int i = 0; i < turns; i++) {
        day[count++] = turn[i].day;
        if (drain_days > 0)
            day[count++] = turn[i].day - drain_days;
        if (turn[i].known_from > 0)
            day[count++] = turn[i].known_from;
    }
    qsort(day, (size_t)count, sizeof *day, by_day);
    *days = day;
    return count;
}

/* The lowest usable number up to a day, of what is known on another; `turn` are those to come. */
static int32_t lowest_to(struct asked asked, const struct turn *turn, const struct turn *end,
                         int32_t known, int32_t to)
{
    int32_t lowest = places_of(&asked).usable;
    while (turn < end && turn->day <= to) {
        int32_t day = turn->day;
        for (; turn < end && turn->day == day; turn++)
            if (turn->known_from <= known)
                ask(&asked, turn->why, turn->places);
        int32_t usable = places_of(&asked).usable;
        lowest = usable < lowest ? usable : lowest;
    }
    return lowest;
}

static bool is_same(const struct places_step *one, const struct places_step *other)
{
    return one->entries == other->entries &&
           memcmp(&one->places, &other->places, sizeof one->places) == 0;
}

int places_steps(struct arena *arena, const struct dated_places *dated, uint16_t unit,
                 int32_t first, int32_t last, struct places_step **steps)
{
    struct turn        *turn;
    int32_t            *day;
    int                 turns = list_turns(arena, dated, &turn), count = 0;
    int                 days = list_step_days(arena, turn, turns, dated->drain_days, &day);
    const struct turn  *next = turn, *end = turn + turns;
    struct asked        asked = asked_without_changes(dated);
    struct places_step *step = arena_new(arena, struct places_step, (size_t)days + 1);
    struct places_step  before = {.unit = unit, .places = places_on(dated, first)};
    before.entries = before.places.usable;
    for (int i = -1; i < days; i++) {
        int32_t on = i < 0 ? first : day[i];
        if ((i >= 0 && on <= first) || on > last)
            continue;
        bool is_shock = false;
        for (; next < end && next->day <= on; next++) {
            ask(&asked, next->why, next->places);
            is_shock |= next->is_shock && next->day == on;
        }
        struct places_step now = {on - first, unit, places_of(&asked),
                                  lowest_to(asked, next, end, on, on + dated->drain_days),
                                  is_shock};
        if (is_same(&now, &before))
            continue;
        step[count++] = before = now;
    }
    *steps = step;
    return count;
}

static int by_day_and_unit(const void *a, const void *b)
{
    const struct places_step *one = a, *other = b;
    if (one->day != other->day)
        return (one->day > other->day) - (one->day < other->day);
    return (one->unit > other->unit) - (one->unit < other->unit);
}

void places_sort_steps(struct places_step *step, size_t count)
{
    qsort(step, count, sizeof *step, by_day_and_unit);
}

int places_steps_of_all(struct arena *arena, const struct dated_places *const *dated, int units,
                        int32_t first, int32_t last, struct places_step **steps)
{
    struct places_step **of_unit = arena_new(arena, struct places_step *, (size_t)units + 1);
    int                 *count = arena_new(arena, int, (size_t)units + 1), all = 0;
    for (int u = 0; u < units; u++) {
        count[u] = places_steps(arena, dated[u], (uint16_t)u, first, last, &of_unit[u]);
        all += count[u];
    }
    struct places_step *step = arena_new(arena, struct places_step, (size_t)all + 1);
    *steps = step;
    for (int u = 0; u < units; u++)
        for (int i = 0; i < count[u]; i++)
            *step++ = of_unit[u][i];
    places_sort_steps(*steps, (size_t)all);
    return all;
}

/* -- reading */

/* A plus is no part of a number elsewhere. */
bool places_read_signed(struct reader *reader, struct node *node, int32_t *signed_places)
{
    struct node plain = *node;
    int64_t     places;
    node->used = true;
    if (plain.kind == NODE_SCALAR && plain.text[0] == '+' && plain.text[1] != '-')
        plain.text++;
    if (!read_count(reader, &plain, -PLACES_AT_MOST, PLACES_AT_MOST, &places))
        return false;
    node->content = plain.content; /* a number that can be uncertain */
    node->number = plain.number;
    *signed_places = (int32_t)places;
    return true;
}

static void read_places(struct reader *reader, struct node *node, void *member)
{
    int32_t *places = member;
    if (places_read_signed(reader, node, places) && *places == 0)
        node_error(reader, node, "places is 0; a change adds places, or takes some with -");
}

const struct field change_fields[] = {
    {.key = "from",
     .type = FIELD_DATE,
     .offset = offsetof(struct change, from),
     .required = true,
     .help = "The first day, from 00:00."},
    {.key = "to",
     .type = FIELD_DATE,
     .offset = offsetof(struct change, to),
     .otherwise = "it stays",
     .help = "The last day, to 24:00."},
    {.key = "places",
     .type = FIELD_OWN,
     .offset = offsetof(struct change, places),
     .required = true,
     .low = -PLACES_AT_MOST,
     .high = PLACES_AT_MOST,
     .own = read_places,
     .unit = "count, places, + or -",
     .help = "+24: so many are built on; -24: so many are out of use."},
    {.key = "why",
     .type = FIELD_CHOICE,
     .offset = offsetof(struct change, why),
     .choices = cause_name,
     .otherwise = "must be given where places go out of use",
     .help = "Why. Causes are counted in this order, each on what the former leave."},
    {0},
};

static void check_change(struct reader *reader, const struct node *node,
                         const struct change *change)
{
    const struct node *why = node_find(node, "why"), *to = node_find(node, "to");
    if (to && change->to < change->from) {
        char first[11], last[11];
        date_format(change->from, first);
        date_format(change->to, last);
        node_error(reader, to, "to is %s; it must not lie before from, %s", last, first);
    }
    if (change->places < 0 && !why)
        node_error(reader, node,
                   "%s takes places out of use, so it must say why: lost, works, damage, reserve "
                   "or staff",
                   node_label(reader->arena, node));
    if (change->places > 0 && why)
        node_error(reader, why,
                   "why stands beside places that are built on; it says why some are out of use, "
                   "with places below 0");
}

static void read_change(struct reader *reader, struct node *node, struct change *change)
{
    int before = reader->errors->count;
    *change = (struct change){.to = NO_LAST_DAY, .why = NO_CAUSE};
    fields_read(reader, node, change_fields, change);
    if (reader->errors->count == before)
        check_change(reader, node, change);
}

void places_read_changes(struct reader *reader, struct node *node, void *member)
{
    struct dated_places *dated = member;
    if (!read_list(reader, node))
        return;
    dated->change = arena_new(reader->arena, struct change, (size_t)node->count + 1);
    dated->change_count = 0;
    for (struct node *item = node->first; item; item = item->next)
        read_change(reader, item, &dated->change[dated->change_count++]);
}

void places_read_days(struct reader *reader, struct node *node, void *member)
{
    int64_t min;
    if (read_whole_days(reader, node, 0, DURATION_AT_MOST, &min))
        *(int32_t *)member = (int32_t)(min / MINUTES_A_DAY);
}

/* -- why, in a text */

#define BETWEEN_WORDS " ,;"

static int find_cause(const char *word, size_t length)
{
    for (int c = 0; c < CAUSES; c++)
        if (strncmp(cause_name[c], word, length) == 0 && strlen(cause_name[c]) == length)
            return c;
    return NO_CAUSE;
}

int places_cause_of(const char *why)
{
    const char *word = why ? why + strspn(why, BETWEEN_WORDS) : "";
    int         cause = find_cause(word, strcspn(word, BETWEEN_WORDS));
    return cause == NO_CAUSE ? CAUSE_WORKS : cause;
}

void places_read_why(struct reader *reader, struct node *node, void *member)
{
    const char *text;
    if (!read_text(reader, node, &text))
        return;
    for (const char *at = text; *(at += strspn(at, BETWEEN_WORDS));) {
        size_t length = strcspn(at, BETWEEN_WORDS);
        if (find_cause(at, length) == NO_CAUSE) {
            const char *word = arena_text(reader->arena, at, length);
            const char *nearest = nearest_name(word, cause_name, CAUSES);
            node_error(reader, node, "why names %s; %s%s%s", word,
                       nearest ? "did you mean '"
                               : "it can name lost, works, damage, reserve, staff",
                       nearest ? nearest : "", nearest ? "'?" : "");
            return;
        }
        at += length;
    }
    *(const char **)member = text;
}
