/* Readers of the kinds that act on when a sentence ends, or goes on outside. */
#include "models/measure_kind.h"

const char *const measure_applies_to_words[] = {
    [APPLIES_TO_ENTRANTS] = "entrants", [APPLIES_TO_PRESENT] = "present", NULL};

static bool is_for_present(const struct measure_reading *reading, int applies_to,
                           const struct measure *measure)
{
    bool is_present = applies_to == APPLIES_TO_PRESENT;
    if (is_present && measure->ramp_days > 0)
        node_error(reading->reader, node_find(reading->node, "ramp"),
                   "ramp stands beside applies_to: present; a share that grows is one of entrants");
    return is_present;
}

void measure_read_applies_to(const struct measure_reading *reading, int applies_to,
                             struct measure *measure)
{
    measure->by_arrival = !is_for_present(reading, applies_to, measure);
}

void measure_read_of_present(const struct measure_reading *reading, int applies_to,
                             struct measure *measure)
{
    const struct node *starts = node_find(reading->node, "starts");
    measure->of_present = is_for_present(reading, applies_to, measure);
    if (measure->of_present && measure->starts < reading->period->start)
        node_error(
            reading->reader, starts,
            "starts is %s, before the period; who is present at the start is as start has it",
            starts->text);
}

void measure_read_part(const struct measure_reading *reading, struct node *part, const char *time,
                       int64_t at_most_min, struct measure *measure)
{
    struct reader *reader = reading->reader;
    struct node   *node = reading->node, *times = node_find(node, time);
    measure->part_at_most_min = at_most_min;
    if (!part && !times)
        node_key_error(reader, node, "%s lacks %s or part", node->key, time);
    if (part && times)
        node_key_error(reader, part, "part stands beside %s; give one of them", time);
    if (!part && node_find(node, "at_most"))
        node_key_error(reader, node_find(node, "at_most"), "at_most stands without part");
    if (part && !read_share(reader, part, &measure->part))
        measure->part = (struct fraction){0, 1}; /* after an error */
}

bool measure_has_length(const struct status *status)
{
    return status->stay.of;
}
