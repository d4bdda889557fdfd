/* What scenarios of measures for who is in a status when they start are made of: shared by the
 * tests of what happens to him and of the need by normal execution.
 */
#ifndef CELSIM_TESTS_PRESENT_H
#define CELSIM_TESTS_PRESENT_H

/* 2026-01-01, day 0, is a Thursday; `a` comes on day 1 at 12:00, to a stay of 20 days: to day 21 at
 * 12:00. 2026-01-11 is day 10. */
#define QUARTER "period: {start: 2026-01-01, end: 2026-04-01}\n"
#define REGIMES "regimes: {ward: {places: unlimited}, ankle: {places: unlimited, outside: true}}\n"
#define PLACES REGIMES "placement: {all: {who: {status: {not: coming}}, to: [ward]}}\n"
#define COMING "statuses:\n  coming: {clock: arrival, stay: 100 days, next: {jail: 1}}\n"
#define JAIL(keys) COMING "  jail: {stay: 20 days" keys "}\n"
#define ONE "start: {present: {a: {status: coming, persons: 1, elapsed: 141840 minutes}}}\n"
#define ALONE QUARTER PLACES JAIL("") ONE
#define COMES "1 12:00 present/a 0 status jail outside\n1 12:00 present/a 0 placed jail ward\n"
#define LEAVES(when) when " present/a 0 released jail ward\n"
#define GOES(when) when " present/a 0 replaced jail ankle\n"
#define IS_FREE(when) when " present/a 0 released jail ankle\n"
#define BACK(when) when " present/a 0 status jail outside\n" when " present/a 0 placed jail ward\n"
#define REMAND "kind: instead_of_remand, applies_to: present, in: ankle, who: {status: jail"
#define HEARING "kind: hearings, applies_to: present, who: {status: jail"
#define DAY_10 "}, starts: 2026-01-11"
#define AT_HOME(who, starts) "m: {" REMAND who "}, starts: " starts ", share: "
#define FAILS(when) ", fails: {share: 1, after: " when ", as: jail}}"
#define SOONER(who, starts) "m: {" HEARING who "}, starts: " starts ", "

#endif
