#include "models/columns_wrong.h"

#include "models/valve_read.h"

struct draft {
    struct node *who, *should_be_in;
};

const struct field wrong_regime_fields[] = {
    {.key = "who",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, who),
     .own = node_keep,
     .unit = "who",
     .otherwise = "everyone",
     .help = "Who is meant, by status and attributes."},
    {.key = "should_be_in",
     .type = FIELD_OWN,
     .offset = offsetof(struct draft, should_be_in),
     .required = true,
     .own = node_keep,
     .unit = "regime, or list of regimes",
     .help = "Their own regimes: who is held in another one, police cells included, is counted."},
    {0},
};

static void read_one(struct making *making, struct node *node, struct wrong_regime *wrong)
{
    const struct statuses *statuses = making->statuses;
    const struct estate   *estate = making->estate;
    struct draft           draft = {0};
    fields_read(making->reader, node, wrong_regime_fields, &draft);
    if (draft.who)
        who_read(making->reader, draft.who, making->attributes, statuses->name, statuses->count,
                 &wrong->who);
    if (draft.should_be_in)
        wrong->own = valve_names_mask(making->reader, draft.should_be_in, "regime",
                                      estate->regime_name, estate->regime_count);
    wrong->name = arena_print(making->arena, "who.%s", node->key);
}

/* By attributes alone, whatever the status. */
static bool may_be(const struct making *making, int w, uint32_t profile)
{
    struct who who = making->wrong[w].who;
    who.statuses = 0;
    return who_matches(&who, making->attributes, 0, profile);
}

/* Of which he may be, as a mask. */
static uint64_t wrongs_of(const struct making *making, uint32_t profile)
{
    uint64_t found = 0;
    for (int w = 0; w < making->wrong_count; w++)
        found |= (uint64_t)may_be(making, w, profile) << w;
    return found;
}

static void make_kinds(struct making *making)
{
    uint32_t  count = making->attributes->profile_count;
    uint64_t *of_kind = arena_new(making->arena, uint64_t, count);
    making->wrong_kind = arena_new(making->arena, uint16_t, count);
    for (uint32_t p = 0; p < count; p++) {
        uint64_t own = wrongs_of(making, p);
        int      kind = 0;
        while (kind < making->wrong_kind_count && of_kind[kind] != own)
            kind++;
        of_kind[kind] = own;
        making->wrong_kind[p] = (uint16_t)kind;
        making->wrong_kind_count += kind == making->wrong_kind_count;
    }
}

void wrong_read(struct making *making, struct node *node)
{
    if (!node || !read_names(making->reader, node))
        return;
    for (struct node *child = node->first; child; child = child->next) {
        child->used = true;
        if (node_is_note(child))
            continue;
        if (making->wrong_count == WRONG_REGIMES_AT_MOST) {
            node_error(making->reader, child, "wrong_regime has more than %d names",
                       WRONG_REGIMES_AT_MOST);
            break;
        }
        read_one(making, child, &making->wrong[making->wrong_count++]);
    }
    make_kinds(making);
}

/* A profile of each class: those of one class are of one kind. */
static void find_profiles(struct making *making)
{
    const struct columns *columns = making->columns;
    making->wrong_profile = arena_new(making->arena, uint32_t, (size_t)columns->class_count);
    for (uint32_t p = 0; p < making->attributes->profile_count; p++)
        making->wrong_profile[columns->class_of_profile[p]] = p;
}

void wrong_add_columns(struct making *making)
{
    if (making->wrong_count > 0)
        find_profiles(making);
    for (int w = 0; w < making->wrong_count; w++) {
        struct wrong_regime *wrong = &making->wrong[w];
        wrong->column = columns_add(making, "wrong_regime", wrong->name, COLUMN_STOCK);
        (void)columns_add(making, "wrong_regime_mean", wrong->name, COLUMN_MINUTES);
    }
}

int wrong_put(const struct making *making, int regime, int status, int class, int *target)
{
    int count = 0;
    for (int w = 0; w < making->wrong_count; w++) {
        const struct wrong_regime *wrong = &making->wrong[w];
        if (!(wrong->own >> regime & 1) &&
            who_matches(&wrong->who, making->attributes, status, making->wrong_profile[class]))
            target[count++] = wrong->column;
    }
    return count;
}
