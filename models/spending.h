/* The costs of one replication, put into its record by year. */
#ifndef CELSIM_MODELS_SPENDING_H
#define CELSIM_MODELS_SPENDING_H

#include "models/prison.h"
#include "models/roster.h"

/* Cents that fall on one day. */
void spending_add_once(struct prison *prison, int group, enum cost_item item, int32_t day,
                       int64_t cents);

/* A roster_sink, the context being the prison: staff, and what it costs. */
void spending_staff(void *prison, const struct staffing *staffing, int32_t from, int32_t end,
                    const struct roster *roster);

/* Before the first event: what is built by dates, which depends on nothing else. */
void spending_open(struct prison *prison, struct arena *arena);

/* At the midnight that ends a day: what is built still for who is in it, though by date no longer;
 * people's minutes of the year that ends then, or with the period. In the warm-up these begin anew.
 * They are the stays' (prison_close). */
void spending_close_day(struct prison *prison);

/* What a measure costs for one whom it touches today, if it says so. */
void spending_add_measure(struct prison *prison, const struct measure *measure);

#endif
