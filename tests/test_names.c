/* What a message says of a name that is not known. */
#include "sim/names.h"

#include <criterion/criterion.h>
#include <string.h>

#include "tests/support.h"

Test(names, finds_the_nearest)
{
    static const char *const names[] = {"remand", "prison", "arrest", "clinic", "a", "stay"};
    static const struct {
        const char *text, *nearest;
    } table[] = {
        {"remnd", "remand"},    /* one left out */
        {"reamnd", "remand"},   /* neighbours swapped: one edit */
        {"pirsno", "prison"},   /* two swaps */
        {"clinicss", "clinic"}, /* two too many */
        {"clinicsss", NULL},    /* three */
        {"stya", "stay"},       /* 1 edit, under half of 4 */
        {"st", NULL},           /* 2 edits are not under half of 2 */
        {"sta", "stay"},        /* 1 edit is under half of 3 */
        {"ab", NULL},           /* 1 edit is not under half of 2 */
        {"prison", "prison"},   {"", NULL}, {"zzzzzz", NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const char *nearest = nearest_name(table[i].text, names, 6);
        cr_expect((nearest == NULL) == (table[i].nearest == NULL) &&
                      (nearest == NULL || strcmp(nearest, table[i].nearest) == 0),
                  "%s gives %s", table[i].text, nearest ? nearest : "none");
    }
}

/* As a tired reader writes the units of an institution. */
Test(names, advises_the_units_of_an_institution)
{
    static const char *const names[] = {"zwolle.prison_man", "zwolle.prison_woman", "zeist.prison",
                                        "boat"};
    static const struct {
        const char *text, *advice;
    } table[] = {
        {"zwolle.prisonman", "; did you mean 'zwolle.prison_man'?"},
        {"zwolle.prison", "; names like it are zwolle.prison_man, zwolle.prison_woman"},
        {"zwolle", "; names like it are zwolle.prison_man, zwolle.prison_woman"},
        {"PI Zwolle", "; names like it are zwolle.prison_man, zwolle.prison_woman"},
        {"Prison man", "; names like it are zwolle.prison_man"},
        {"zeist_prison_2", "; names like it are zeist.prison"},
        {"pr", "; known are zwolle.prison_man, zwolle.prison_woman, zeist.prison, boat"},
        {"Almelo", "; known are zwolle.prison_man, zwolle.prison_woman, zeist.prison, boat"},
    };
    struct arena arena = support_arena();
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        cr_expect_str_eq(names_advice(&arena, table[i].text, names, 4), table[i].advice, "of %s",
                         table[i].text);
    cr_expect_str_eq(names_advice(&arena, "zwolle", names, 0), "");
}

Test(names, shows_twenty_of_many)
{
    static const char *const names[] = {"a0", "a1", "a2", "a3", "a4", "a5", "a6",
                                        "a7", "a8", "a9", "b0", "b1", "b2", "b3",
                                        "b4", "b5", "b6", "b7", "b8", "b9", "c0"};
    struct arena             arena = support_arena();
    cr_expect_str_eq(names_advice(&arena, "zzz", names, 21),
                     "; known are a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, "
                     "b6, b7, b8, b9, .. (21 in all)");
    cr_expect_str_eq(names_advice(&arena, "zzz", names, 20),
                     "; known are a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, "
                     "b6, b7, b8, b9");
}
