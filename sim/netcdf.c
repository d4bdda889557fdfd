#include "sim/netcdf.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

#define ROW(name) {"nc_" #name, offsetof(struct netcdf, name)},

static const struct {
    const char *name;
    size_t      offset;
} functions[] = {NETCDF_FUNCTIONS(ROW)};

/* NETCDF_LIBRARY is the name of the library that belongs to the header: the Makefile asks the
 * linker's. */
bool netcdf_load(struct netcdf *netcdf, const char *path, struct errors *errors)
{
    void *library = dlopen(NETCDF_LIBRARY, RTLD_LAZY | RTLD_LOCAL);
    if (!library) {
        errors_add_outside(errors, path, "parts need the netCDF library: %s", dlerror());
        return false;
    }
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        void *function = dlsym(library, functions[i].name);
        if (!function) {
            errors_add_outside(errors, path, "parts need another netCDF library than %s: %s",
                               NETCDF_LIBRARY, dlerror());
            return false;
        }
        /* C has no cast from an object's address to a function's; POSIX makes them alike. */
        memcpy((char *)netcdf + functions[i].offset, &function, sizeof function);
    }
    return true;
}
