/* Early release by valves: who leaves before his planned release, when, and who owns the days saved
 * (docs/semantics.md, rules 11 and 13). A person keeps one date, the earliest; `ends_min` is that
 * date, and the planned one is kept here until it is used or taken back.
 */
#ifndef CELSIM_MODELS_EARLY_H
#define CELSIM_MODELS_EARLY_H

#include "models/prison.h"

/* Takes room for the dates; nothing where no valve releases early. */
void early_open(struct prison *prison, struct arena *arena);

/* What that takes of the arena, bytes a person. */
size_t early_room(const struct scenario *plan);

/* A person whose release may have been planned just now: by the open valves that are for everybody.
 * true: his date is earlier now. Only after early_open took room. */
__attribute__((cold)) bool early_plan(struct prison *prison, person_id id);

/* A valve has opened: everybody who is for it leaves earlier. Not for one that chooses. */
void early_for_all(struct prison *prison, int valve);

/* A review of an open valve that chooses: at most so many of those whose date comes before
 * `until_min`, nearest planned release first, then the lowest key. How many they are. */
int64_t early_choose(struct prison *prison, int valve, int64_t most, int64_t until_min);

/* Somebody is at his legal limit (rung `valve`): an open valve that chooses, and has not had its
 * number, lets one out of these pools in the next minute. false: none can. */
bool early_make_room(struct prison *prison, mask pools);

/* A valve has closed: dates that have not come are taken back. */
void early_take_back(struct prison *prison, int valve);

/* Whether his release, which is due, comes early. */
bool early_leaves(const struct prison *prison, person_id id);

/* A release is due: counts the days saved where it comes early. */
void early_count_release(struct prison *prison, person_id id);

#endif
