#include "models/paths.h"

/* The first path from low to high whose cumulative weight lies above the target. */
static const struct path *find(const struct path_choice *choice, double target, int low, int high)
{
    while (low < high) {
        int middle = (low + high) / 2;
        if (choice->up_to[middle] <= target)
            low = middle + 1;
        else
            high = middle;
    }
    return path_at(choice->paths, low);
}

const struct path *path_in_progress(const struct path_choice *choice, struct uniform u)
{
    int part = (int)(u.below * PATH_GUIDE);
    int high = part + 1 < PATH_GUIDE ? (int)choice->guide[part + 1] : choice->last;
    return find(choice, u.below * choice->up_to[choice->last], (int)choice->guide[part], high);
}

/* The first path that stays longer; PATHS: none. */
static int first_longer(const struct paths *paths, double elapsed_min)
{
    int low = 0, high = PATHS;
    while (low < high) {
        int middle = (low + high) / 2;
        if (path_at(paths, middle)->stay_min <= elapsed_min)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct path *path_given_elapsed(const struct path_choice *choice, double elapsed_min,
                                      struct uniform u)
{
    int first = first_longer(choice->paths, elapsed_min);
    if (first > choice->last)
        return NULL;
    double before = first > 0 ? choice->up_to[first - 1] : 0;
    double left = choice->up_to[choice->last] - before;
    return left > 0 ? find(choice, before + u.below * left, first, choice->last) : NULL;
}
