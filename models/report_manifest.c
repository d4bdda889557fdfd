/* run.yaml: what was run, with its checks. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "models/report.h"

static int64_t total_of(const struct records *records, enum total total)
{
    int64_t sum = 0;
    for (uint32_t r = 0; r < records->count; r++)
        sum += records->record[r].total[total];
    return sum;
}

static void write_checks(const struct returns *returns, const struct records *records, FILE *out)
{
    static const struct {
        const char *name;
        enum total  total;
    } rows[] = {{"start", TOTAL_START},
                {"arrivals", TOTAL_ARRIVALS},
                {"held", TOTAL_HELD},
                {"cell", TOTAL_CELL},
                {"outside", TOTAL_OUTSIDE},
                {"left", TOTAL_LEFT},
                {"person_minutes_counted", TOTAL_PERSON_MINUTES},
                {"person_minutes_of_stays", TOTAL_STAY_MINUTES}};
    fputs("# Sums over replications. start + arrivals = held + cell + outside + left at the end; "
          "the minutes\n"
          "# counted at midnights are those of the stays, by regime and status. Both hold to the "
          "person.\n"
          "checks:\n",
          out);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        fprintf(out, "  %s: %" PRId64 "\n", rows[i].name, total_of(records, rows[i].total));
    if (returns->used)
        fprintf(out, "  returns: %" PRId64 " # come on the side of arrivals\n",
                total_of(records, (enum total)returns->total));
}

void report_indented(const char *text, int blanks, FILE *out)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        fprintf(out, "%*s%.*s\n", blanks, "", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

static void write_inputs(const struct inputs *inputs, FILE *out)
{
    if (inputs->count == 0)
        return;
    fprintf(out,
            "per_draw: %" PRId64 " # replications of each draw of the inputs, see inputs.csv\n",
            inputs->per_draw);
    fprintf(out, "inputs:\n");
    for (int i = 0; i < inputs->count; i++)
        fprintf(out, "  - \"%s\"\n", inputs->list[i].path);
}

bool report_manifest(const struct scenario *plan, const struct records *records, uint64_t seed,
                     const char *path, struct errors *errors)
{
    FILE *out = fopen(path, "w");
    if (!out) {
        errors_add_outside(errors, path, "cannot write: %s", strerror(errno));
        return false;
    }
    fprintf(out, "celsim: %s\n", CELSIM_VERSION);
    fprintf(out, "seed: %" PRIu64 "\n", seed);
    fprintf(out, "replications: %" PRIu32 "\n", records->count);
    write_inputs(&plan->inputs, out);
    fprintf(out, "generator: PCG64-DXSM, keyed draws\n");
    fprintf(out, "digest: \"%s\" # of the scenario below\n", plan->digest);
    fprintf(out, "events: %" PRId64 "\n", total_of(records, TOTAL_EVENTS));
    write_checks(&plan->returns, records, out);
    fprintf(out, "# As it was run: `extends` and --set worked in.\nscenario:\n");
    report_indented(plan->resolved, 2, out);
    bool failed = ferror(out) != 0;
    failed |= fclose(out) != 0;
    if (failed)
        errors_add_outside(errors, path, "cannot write: %s", strerror(errno));
    return !failed;
}
