#include "models/listed.h"

_Static_assert(LENGTH_DRAWN == NEVER, "no length is no length");

static struct uniform draw(const struct prison *prison, const struct person *person,
                           enum draw number)
{
    return uniform_of(prison_draw(prison, person, prison->jump[number]));
}

static int32_t whole_min(double value)
{
    return value < (double)DURATION_AT_MOST ? (int32_t)(value + 0.5) : (int32_t)DURATION_AT_MOST;
}

/* The shortest sentence that leaves something to serve after so long, if conditional release is
 * granted. */
static int64_t shortest_left(const struct status *status, int64_t elapsed_min)
{
    int64_t low = elapsed_min, high = DURATION_AT_MOST;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (status_to_serve_min(status, middle, true) > elapsed_min)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* A sentence of which something is left, and whether it is shortened: the longer ones are, the
 * likelier one with conditional release is still served. Where none is left it is as the share has
 * it, and over. */
static int32_t draw_sentence(const struct prison *prison, const struct person *person, int s,
                             int32_t elapsed_min, bool *granted)
{
    const struct status *status = &prison->plan->statuses.list[s];
    const struct shape  *shape = status->stay.of[person->profile * status->stay.stride];
    double               share = status_granted_share(status, person->profile);
    double               from_min = (double)(shortest_left(status, elapsed_min) - 1);
    double               shortened = share * (1 - shape_share_below(shape, from_min));
    double               whole = (1 - share) * (1 - shape_share_below(shape, elapsed_min));
    *granted = shortened + whole > 0
                   ? draw(prison, person, DRAW_ELAPSED).below * (shortened + whole) < shortened
                   : share > 0;
    double length = shape_given_elapsed(shape, *granted ? from_min : elapsed_min,
                                        draw(prison, person, DRAW_IN_PROGRESS));
    return whole_min(length);
}

struct custody_start listed_running(const struct prison *prison, const struct person *person, int s,
                                    int32_t elapsed_min, int32_t length_min)
{
    const struct status *status = &prison->plan->statuses.list[s];
    bool                 granted = status->remission_count > 0;
    if (!status->stay.of)
        return (struct custody_start){false, elapsed_min, 0, NEVER, NEVER, GRANTED_BY_DRAW};
    if (length_min != LENGTH_DRAWN) {
        granted = granted && status_to_serve_min(status, length_min, true) > elapsed_min &&
                  draw(prison, person, DRAW_ELAPSED).below <
                      status_granted_share(status, person->profile);
    } else if (granted) {
        length_min = draw_sentence(prison, person, s, elapsed_min, &granted);
    } else {
        const struct shape *shape = status->stay.of[person->profile * status->stay.stride];
        length_min = whole_min(
            shape_given_elapsed(shape, elapsed_min, draw(prison, person, DRAW_IN_PROGRESS)));
    }
    int64_t left_min = status_to_serve_min(status, length_min, granted) - elapsed_min;
    return (struct custody_start){false,      elapsed_min,
                                  0,          left_min > 1 ? (int32_t)left_min : 1,
                                  length_min, granted ? GRANTED : GRANTED_NOT};
}
