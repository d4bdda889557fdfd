/* The netCDF library, loaded when a part is first written or read: with all that it brings along
 * (HDF5, curl, TLS) that takes as long as reading a national scenario, and most runs make no part
 * (docs/decisions/0012-netcdf-on-demand.md).
 */
#ifndef CELSIM_SIM_NETCDF_H
#define CELSIM_SIM_NETCDF_H

#include <netcdf.h>
#include <netcdf_mem.h>

#include "sim/error.h"

/* What sim/part.c calls, without the nc_ before each name. */
#define NETCDF_FUNCTIONS(row)                                                                      \
    row(close) row(close_memio) row(create_mem) row(def_dim) row(def_var) row(def_var_chunking)    \
        row(def_var_deflate) row(def_var_endian) row(def_var_fletcher32) row(enddef)               \
            row(free_string) row(get_att_text) row(get_att_uint) row(get_var1_int)                 \
                row(get_var_text) row(get_vara) row(inq_att) row(inq_attlen) row(inq_dimid)        \
                    row(inq_dimlen) row(inq_var) row(inq_varid) row(open) row(put_att_text)        \
                        row(put_att_uint) row(put_var1_int) row(put_var1_string) row(put_var_text) \
                            row(put_vara) row(set_var_chunk_cache) row(strerror)

#define NETCDF_MEMBER(name) __typeof__(nc_##name) *name;

/* Each as netcdf.h declares it: `open` is nc_open. */
struct netcdf {
    NETCDF_FUNCTIONS(NETCDF_MEMBER)
};

/* Loads the library, or finds it loaded; it stays until the program ends. false: it is missing or
 * lacks a function; the error is at `path`, the part for which it was wanted. */
MUST_USE bool netcdf_load(struct netcdf *netcdf, const char *path, struct errors *errors);

#endif
