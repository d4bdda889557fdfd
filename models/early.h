/* Early release by valves: who leaves before his planned release, when, and who owns the days saved
 * (docs/semantics.md, rules 11 and 13). A person keeps one date, the earliest; `ends_min` is that
 * date, and the planned one is kept here until it is used or taken back.
 */
#ifndef CELSIM_MODELS_EARLY_H
#define CELSIM_MODELS_EARLY_H

#include "models/prison.h"

/* Takes room for the dates; nothing where no valve and no measure releases early. */
void early_open(struct prison *prison, struct arena *arena);

/* What that takes of the arena, bytes a person. */
size_t early_room(const struct scenario *plan);

/* A person whose release may have been planned just now: by the open valves that are for everybody,
 * and by measures.
 * true: his date is earlier now. Only after early_open took room. */
bool early_plan(struct prison *prison, person_id id);

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
/* The release that was planned, before any of these. */
int32_t early_planned_min(const struct prison *prison, person_id id);

/* 0:00 of a day: those whose release is planned, by measures for who is present that start on it.
 */
void early_open_day(struct prison *prison);

/* Whether such a measure that may take him does on a day (1970-01-01 is 0), and how long before his
 * release its date lies; below 0: after it. */
bool    early_takes(const struct prison *prison, const struct measure *measure,
                    const struct person *person, int32_t today);
int64_t early_by_measure_min(const struct prison *prison, const struct measure *measure,
                             const struct person *person, int32_t today, bool with_emergency);

/* His planned release is another now: the valve or measure that gave him a date counts it from
 * there, open valves for everybody and measures decide again. His next event is not yet planned. */
void early_move(struct prison *prison, person_id id, int32_t planned_min);

/* By normal execution (demand.h): the end of the status by measures that are no emergency, of one
 * whose release is planned in that minute, and by which (unchanged: by none). And the date that one
 * of them gives him when his planned release has moved in that minute. */
int32_t early_normally(const struct prison *prison, const struct person *person, int64_t now_min,
                       const struct measure **by);
int32_t early_normally_by(const struct prison *prison, const struct measure *measure,
                          const struct person *person, int64_t now_min);

/* He has left the system. */
void early_forget(struct prison *prison, person_id id);

/* A release is due: counts the days saved where it comes early. */
void early_count_release(struct prison *prison, person_id id);

#endif
