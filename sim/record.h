/* What a run keeps of its replications: four blocks of integers a replication, laid out by the
 * model's columns.
 *
 * daily:   days x daily_columns of int32 (row = day, the recorded window only, warm-up left out)
 * monthly: months x monthly_columns of int32 (month ends of the window); may be empty
 * yearly:  years x yearly_columns of int64 (calendar years of the window)
 * total:   total_columns of int64 (event count, checks)
 * A block belongs to the worker that fills it; nothing is shared, so there are no locks.
 */
#ifndef CELSIM_SIM_RECORD_H
#define CELSIM_SIM_RECORD_H

#include <stdint.h>

#include "sim/arena.h"

struct record_size {
    uint32_t days, daily_columns;
    uint32_t months, monthly_columns;
    uint32_t years, yearly_columns;
    uint32_t total_columns;
};

struct record {
    int32_t *daily, *monthly;
    int64_t *yearly;
    int64_t *total;
};

/* Records of the replications first .. first + count - 1. */
struct records {
    struct record_size size;
    uint32_t           first, count;
    struct record     *record;
};

void records_open(struct records *records, struct arena *arena, struct record_size size,
                  uint32_t first, uint32_t count);
/* Bytes that records_open will take. */
size_t records_bytes(struct record_size size, uint32_t count);

#endif
