/* A part: the records of some replications as a netCDF-4 file, written aside, synced and renamed,
 * with its count and the digest of its scenario inside. `merge` joins parts; the ensemble file is
 * one part that holds all. xarray, ncdf4 and Panoply open it as it is:
 *
 *   daily(replication, daily_series, day)        int32, transposed on writing
 *   monthly(replication, monthly_series, month)  int32; not there where month ends have no series
 *   yearly(replication, yearly_series, year)     int64
 *   total(replication, total_series)             int64
 *   scenario                                     the text
 *
 * with the coordinates replication, day and month (CF dates), year and the names of the series, so
 * that ds.daily.sel(daily_series="present") is one indicator. The last 16 bytes, which HDF5 passes
 * over, are the crc32 of all before them as text: what was cut short or damaged is known before
 * HDF5 sees it. Equal content gives equal bytes with equal versions of netCDF and HDF5.
 *
 * The HDF5 library is not safe for threads: one thread at a time may be in this module.
 */
#ifndef CELSIM_SIM_PART_H
#define CELSIM_SIM_PART_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/arena.h"
#include "sim/error.h"
#include "sim/record.h"

struct part_head {
    const char    *version;  /* of celsim */
    const char    *scenario; /* as YAML, with the files that it names: merge reads it again */
    const char    *digest;   /* of all that was read */
    uint64_t       seed;
    int32_t        first_day; /* day number of the first recorded row */
    int32_t        first_year;
    const int32_t *month_end; /* [months]: day numbers */
    /* By column, as record_size counts them; each name once in its list. */
    const char *const *daily_names, *const *monthly_names;
    const char *const *yearly_names, *const *total_names;
};

/* Whether parts can be made at all: the netCDF library is there. Asked before a run, so that it is
 * not in vain; the error is at `path`. */
MUST_USE bool part_ready(const char *path, struct errors *errors);

/* The packed file is built in memory first. Every size is at least 1, but for those of month ends,
 * which may be 0 together. On failure an older file at `path` stays as it was and nothing is left
 * beside it. Errors keep the pointer `path`, here and below. */
MUST_USE bool part_write(const char *path, const struct part_head *head,
                         const struct records *records, struct errors *errors);

/* Reads head and sizes only, into the arena. Names and month ends are not filled, nor the records
 * (NULL). */
MUST_USE bool part_read_head(struct arena *arena, const char *path, struct part_head *head,
                             struct records *records, struct errors *errors);
/* Reads the content into `into`, at the replications that the part holds; `into` covers them and
 * has the same size. A part that was cut short or damaged is an error, and `into` is then not to
 * be used. Takes room for one series from the arena. */
MUST_USE bool part_read(struct arena *arena, const char *path, struct records *into,
                        struct errors *errors);

#endif
