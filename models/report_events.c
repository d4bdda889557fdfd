/* events.csv: the history of one replication. */
#include "models/report.h"
#include "sim/csv.h"

static bool row_before(const struct trace_row *a, const struct trace_row *b)
{
    if (a->minute != b->minute)
        return a->minute < b->minute;
    return a->key != b->key ? a->key < b->key : a->sequence < b->sequence;
}

/* Merge sort from the bottom up; the sorted rows are returned, in one of the two arrays. */
static struct trace_row *sort_rows(struct trace_row *rows, struct trace_row *other, size_t count)
{
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width) {
            size_t middle = low + width < count ? low + width : count;
            size_t high = middle + width < count ? middle + width : count;
            size_t a = low, b = middle;
            for (size_t i = low; i < high; i++)
                other[i] = a < middle && (b >= high || row_before(&rows[a], &rows[b])) ? rows[a++]
                                                                                       : rows[b++];
        }
        struct trace_row *swap = rows;
        rows = other;
        other = swap;
    }
    return rows;
}

/* Who: the stream's name, the day of arrival and the point of that day. */
static void write_person(const struct scenario *plan, struct csv_out *out,
                         const struct trace_row *row)
{
    csv_text(out, plan->stream[row->stream].name);
    csv_integer(out, (int64_t)(row->key >> PERSON_DAY_SHIFT & 0x3ffff));
    csv_integer(out, person_point(row->key));
}

bool report_events(const struct scenario *plan, struct trace *trace, const char *path,
                   struct arena *arena, struct errors *errors)
{
    struct csv_out out;
    if (!csv_open(&out, arena, path, errors))
        return false;
    static const char *const header[] = {"minute", "stream", "day", "point",
                                         "event",  "status", "unit"};
    for (size_t i = 0; i < sizeof header / sizeof *header; i++)
        csv_text(&out, header[i]);
    if (plan->returns.used)
        csv_text(&out, "generation");
    csv_row_end(&out);
    struct trace_row *row =
        sort_rows(trace->row, arena_new(arena, struct trace_row, trace->count + 1), trace->count);
    for (uint32_t i = 0; i < trace->count; i++, row++) {
        csv_integer(&out, row->minute);
        write_person(plan, &out, row);
        csv_text(&out, trace_name[row->what]);
        csv_text(&out, plan->statuses.name[row->status]);
        csv_text(&out,
                 row->unit < plan->estate.unit_count ? plan->estate.unit_name[row->unit] : "");
        if (plan->returns.used)
            csv_integer(&out, person_generation(row->key));
        csv_row_end(&out);
    }
    return csv_close(&out, errors);
}
