#include "options.h"

#include <string.h>
#include <unistd.h>

#include "sim/names.h"
#include "sim/tree.h"

#define REPLICATIONS_AT_MOST 1000000
#define THREADS_AT_MOST 1024

#define ON(command) (1 << COMMAND_##command)
#ifdef CELSIM_CHECK
#define IN_TEST_BUILDS(commands) (commands)
#else
#define IN_TEST_BUILDS(commands) 0 /* of none */
#endif

enum id {
    ID_OUT = 1,
    ID_SET,
    ID_EACH,
    ID_REPLICATIONS,
    ID_SEED,
    ID_THREADS,
    ID_EVENTS,
    ID_SHUFFLE,
    ID_TABLE,
    ID_QUIET,
    ID_HELP,
    ID_VERSION
};

static const struct {
    const char *name, *operands, *help;
    int         operands_at_least, operands_at_most;
    const char *wants; /* the operands, for the message */
} commands[COMMANDS] = {
    [COMMAND_RUN] = {"run", "SCENARIO", "Run a scenario and write a folder of results.", 1, 1,
                     "a scenario file"},
    [COMMAND_CHECK] = {"check", "SCENARIO",
                       "Read a scenario, show all that is wrong with it, and what it implies.", 1,
                       1, "a scenario file"},
    [COMMAND_FIELDS] = {"fields", "[SCENARIO]",
                        "Print the reference of all scenario keys, or the table of one shape.", 0,
                        1, "a scenario file"},
    [COMMAND_MERGE] = {"merge", "PART...", "Join the parts of a run into the result of the whole.",
                       1, 1000000, "the parts to join"},
    [COMMAND_COMPARE] = {"compare", "BASE FILE...",
                         "Run scenarios with the same chance, and write how each differs from the "
                         "first, with intervals.",
                         2, 1000, "a base and a scenario to compare with it, or --each PATH"},
};

static const struct row {
    enum id     id;
    const char *name, *value;
    int         on; /* commands */
    const char *help;
    const char *wants; /* what its value must be, for the message; NULL: any text */
} rows[] = {
    {ID_OUT, "out", "DIR", ON(RUN) | ON(MERGE) | ON(COMPARE),
     "Where the result goes; default results/<name of the scenario>, of merge results/merged, of "
     "compare results/compared.",
     "the name of a folder, not . or .. or /"},
    {ID_SET, "set", "PATH=VALUE", ON(RUN) | ON(CHECK) | ON(FIELDS) | ON(COMPARE),
     "Set a value of the scenario: --set flows.remand.per_day=37.5. May be repeated. In a "
     "comparison it is set in all.",
     NULL},
    {ID_EACH, "each", "PATH", ON(COMPARE),
     "Instead of FILE...: compare BASE without the members of this mapping with each of them alone "
     "and all together: --each shocks. May be repeated.",
     "a path such as shocks"},
    {ID_REPLICATIONS, "replications", "N|A..B", ON(RUN) | ON(COMPARE),
     "How many, instead of the scenario's number; A..B (both included, from 0) writes a part for "
     "merge.",
     "a number from 1 to 1000000, or a range A..B that counts from 0"},
    {ID_SEED, "seed", "N", ON(RUN) | ON(COMPARE), "The seed, instead of the scenario's.",
     "a whole number from 0 to 18446744073709551615"},
    {ID_THREADS, "threads", "N", ON(RUN) | ON(COMPARE),
     "Threads; default: the processors that are there. Results do not depend on it.",
     "a number from 1 to 1024"},
    {ID_EVENTS, "events", "R", ON(RUN),
     "Also write events.csv: who did what when in replication R.",
     "the number of a replication; they count from 0"},
    {ID_SHUFFLE, "shuffle-ties", "N", IN_TEST_BUILDS(ON(RUN) | ON(COMPARE)),
     "Test builds: reorder events of one kind in one minute by the salt N. Results do not depend "
     "on it.",
     "a whole number from 0 to 18446744073709551615"},
    {ID_TABLE, "table", "PATH", ON(FIELDS),
     "Print the quantile table of the shape at PATH of the scenario.", NULL},
    {ID_QUIET, "quiet", NULL, ON(RUN) | ON(MERGE) | ON(COMPARE), "Print nothing but errors.", NULL},
    {ID_HELP, "help", NULL, ~0, "Print this help.", NULL},
    {ID_VERSION, "version", NULL, ~0, "Print the version.", NULL},
};
#define ROWS (sizeof rows / sizeof *rows)

void options_write_help(enum command command, FILE *out)
{
    fprintf(
        out,
        "celsim: simulates people and places of a prison system, and the queues between them.\n\n");
    for (int c = 0; c < COMMANDS; c++)
        if (command == COMMANDS || command == (enum command)c)
            fprintf(out, "  celsim %s [options] %s\n      %s\n", commands[c].name,
                    commands[c].operands, commands[c].help);
    fprintf(out, "\nOptions:\n");
    for (size_t r = 0; r < ROWS; r++) {
        if (command != COMMANDS && !(rows[r].on >> command & 1))
            continue;
        fprintf(out, "  --%s%s%s\n      %s\n", rows[r].name, rows[r].value ? " " : "",
                rows[r].value ? rows[r].value : "", rows[r].help);
    }
    fprintf(out, "\nExit codes: 0 done, 1 wrong scenario, 2 wrong usage, 3 the outside failed "
                 "(disk, memory), "
                 "130 interrupted.\n");
}

/* Digits only, up to `at_most`. */
static bool read_digits(const char *text, size_t length, uint64_t at_most, uint64_t *value)
{
    *value = 0;
    if (length == 0 || length > 20)
        return false;
    for (size_t i = 0; i < length; i++) {
        uint64_t digit = (uint64_t)(text[i] - '0');
        if (text[i] < '0' || text[i] > '9' || *value > (at_most - digit) / 10)
            return false;
        *value = *value * 10 + digit;
    }
    return true;
}

static bool read_replications(const char *text, struct run_request *run)
{
    const char *dots = strstr(text, "..");
    uint64_t    first = 0, last;
    if (dots) {
        if (!read_digits(text, (size_t)(dots - text), REPLICATIONS_AT_MOST - 1, &first) ||
            !read_digits(dots + 2, strlen(dots + 2), REPLICATIONS_AT_MOST - 1, &last) ||
            last < first)
            return false;
    } else {
        if (!read_digits(text, strlen(text), REPLICATIONS_AT_MOST, &last) || last == 0)
            return false;
        last--;
    }
    run->has_replications = true;
    run->is_part = dots != NULL;
    run->first = (uint32_t)first;
    run->count = (uint32_t)(last - first + 1);
    return true;
}

/* Values of the options that may be repeated. */
struct repeated {
    const char **sets, **each;
};

static bool read_within(const char *text, uint64_t low, uint64_t high, uint32_t *value)
{
    uint64_t number;
    bool     good = read_digits(text, strlen(text), high, &number) && number >= low;
    if (good)
        *value = (uint32_t)number;
    return good;
}

/* What a row without a value turns on. */
static void read_flag(enum id id, struct options *options)
{
    options->quiet |= id == ID_QUIET;
    options->help |= id == ID_HELP;
    options->version |= id == ID_VERSION;
}

/* The result is put in place under its name, so the last part must be one; slashes may follow. */
static bool is_name(const char *path)
{
    size_t end = strlen(path), first;
    while (end > 1 && path[end - 1] == '/')
        end--;
    for (first = end; first > 0 && path[first - 1] != '/';)
        first--;
    return end > first && (end > first + 2 || strspn(path + first, ".") < end - first);
}

/* false: the value is not what the row wants. */
static bool read_value(enum id id, const char *text, struct options *options,
                       const struct repeated *repeated)
{
    struct run_request *run = &options->run;
    switch (id) {
    case ID_OUT:
        run->out = text;
        return is_name(text);
    case ID_SET:
        repeated->sets[run->set_count++] = text;
        return true;
    case ID_EACH:
        repeated->each[options->each_count++] = text;
        return *text;
    case ID_TABLE:
        options->table = text;
        return true;
    case ID_REPLICATIONS:
        return read_replications(text, run);
    case ID_SEED:
        run->has_seed = read_digits(text, strlen(text), UINT64_MAX, &run->seed);
        return run->has_seed;
    case ID_THREADS:
        return read_within(text, 1, THREADS_AT_MOST, &run->threads);
    case ID_EVENTS:
        return read_within(text, 0, REPLICATIONS_AT_MOST - 1, &run->events_of);
    case ID_SHUFFLE:
        return read_digits(text, strlen(text), UINT64_MAX, &run->shuffle);
    case ID_QUIET:
    case ID_HELP:
    case ID_VERSION:
        break;
    }
    return false; /* they have no value */
}

static bool find_command(const char *word, enum command *command, struct errors *errors)
{
    const char *names[COMMANDS];
    for (int c = 0; c < COMMANDS; c++) {
        names[c] = commands[c].name;
        if (strcmp(word, names[c]) == 0) {
            *command = (enum command)c;
            return true;
        }
    }
    const char *near = nearest_name(word, names, COMMANDS);
    errors_add(errors, word, 0, 0,
               "is no command of celsim; %s%s%sthere are run, check, fields, merge and compare",
               near ? "did you mean " : "", near ? near : "", near ? "? " : "");
    return false;
}

/* The row of --name, or NULL after an error that names the nearest option of the command. */
static const struct row *find_row(const char *name, enum command command, struct errors *errors)
{
    const char *names[ROWS];
    int         count = 0;
    for (size_t r = 0; r < ROWS; r++) {
        if (strncmp(name, "--", 2) == 0 && strcmp(name + 2, rows[r].name) == 0)
            return &rows[r];
        if (rows[r].on >> command & 1)
            names[count++] = rows[r].name;
    }
    const char *near = nearest_name(name + strspn(name, "-"), names, count);
    errors_add(errors, name, 0, 0, "is no option; %s%s%s--help shows them all",
               near ? "did you mean --" : "", near ? near : "", near ? "? " : "");
    return NULL;
}

/* The words behind the command that are still to be read. */
struct words {
    char **next, **end;
};

/* --name, --name=value or --name value. What starts with -- is a value only behind a =, so that a
 * forgotten one does not swallow the next option. */
static void read_option(struct words *words, struct arena *arena, struct options *options,
                        const struct repeated *repeated, struct errors *errors)
{
    const char       *word = *words->next++, *equals = strchr(word, '=');
    const char       *name = equals ? arena_text(arena, word, (size_t)(equals - word)) : word;
    const char       *value = equals ? equals + 1 : NULL;
    const struct row *row =
        find_row(strcmp(name, "-h") == 0 ? "--help" : name, options->command, errors);
    if (!row)
        return;
    if (row->value && !value && words->next < words->end && strncmp(*words->next, "--", 2) != 0)
        value = *words->next++;
    if (!row->on)
        errors_add(errors, name, 0, 0, "is an option of test builds; make VARIANT=debug makes one");
    else if (!(row->on >> options->command & 1))
        errors_add(errors, name, 0, 0, "is no option of %s", commands[options->command].name);
    else if (row->value && !value)
        errors_add(errors, name, 0, 0, "wants a value: %s %s", name, row->value);
    else if (!row->value && value)
        errors_add(errors, name, 0, 0, "takes no value");
    else if (!row->value)
        read_flag(row->id, options);
    else if (!read_value(row->id, value, options, repeated))
        errors_add(errors, name, 0, 0, "is '%s'; it wants %s", value, row->wants);
}

/* Options and operands in any order; behind -- all words are operands. */
static bool read_words(struct words words, struct arena *arena, struct options *options,
                       struct errors *errors)
{
    size_t          room = (size_t)(words.end - words.next);
    struct repeated repeated = {arena_new(arena, const char *, room),
                                arena_new(arena, const char *, room)};
    const char    **operand = arena_new(arena, const char *, room);
    bool            only_operands = false;
    options->run.sets = repeated.sets;
    options->each = repeated.each;
    options->operand = operand;
    while (words.next < words.end) {
        const char *word = *words.next;
        if (!only_operands && word[0] == '-' && word[1] && strcmp(word, "--") != 0) {
            read_option(&words, arena, options, &repeated, errors);
            continue;
        }
        words.next++;
        if (!only_operands && word[0] == '-' && word[1])
            only_operands = true;
        else
            operand[options->operand_count++] = word;
    }
    return errors->count == 0;
}

/* The least and the greatest number of operands, which some options change. */
struct limits {
    int least, most;
};

static struct limits limits_of(const struct options *options)
{
    struct limits limits = {commands[options->command].operands_at_least,
                            commands[options->command].operands_at_most};
    if (options->command == COMMAND_FIELDS)
        limits.least = options->table != NULL;
    if (options->command == COMMAND_COMPARE && options->each_count > 0)
        limits = (struct limits){1, 1};
    return limits;
}

static bool check_operands(const struct options *options, struct errors *errors)
{
    const char   *name = commands[options->command].name;
    struct limits limits = limits_of(options);
    int           count = options->operand_count;
    if (options->command == COMMAND_FIELDS && !options->table && count > 0) {
        errors_add(errors, name, 0, 0, "reads a scenario only for --table PATH");
        return false;
    }
    if (count < limits.least) {
        errors_add(errors, name, 0, 0, "wants %s", commands[options->command].wants);
        return false;
    }
    if (count > limits.most) {
        errors_add(errors, options->operand[limits.most], 0, 0, "is one word too many for %s%s",
                   name, options->each_count > 0 ? " --each" : "");
        return false;
    }
    return true;
}

/* A file would have its rows twice, under one name. */
static bool check_compare(const struct options *options, struct errors *errors)
{
    if (options->command != COMMAND_COMPARE)
        return true;
    if (options->run.is_part)
        errors_add(errors, "--replications", 0, 0,
                   "compare wants a number; a range A..B is for parts, of run");
    for (int i = 2; i < options->operand_count; i++)
        for (int j = 1; j < i; j++)
            if (strcmp(options->operand[i], options->operand[j]) == 0) {
                errors_add(errors, options->operand[i], 0, 0, "is to be compared twice");
                break;
            }
    for (int i = 1; i < options->each_count; i++)
        for (int j = 0; j < i; j++)
            if (strcmp(options->each[i], options->each[j]) == 0) {
                errors_add(errors, "--each", 0, 0, "names %s twice", options->each[i]);
                break;
            }
    return errors->count == 0;
}

/* results/NAME, NAME being the scenario's without folder and ending. */
static const char *default_out(struct arena *arena, const struct options *options)
{
    const char *scenario = options->run.scenario;
    if (options->command == COMMAND_MERGE)
        return "results/merged";
    if (options->command == COMMAND_COMPARE)
        return "results/compared";
    if (!scenario)
        return NULL;
    const char *slash = strrchr(scenario, '/'), *name = slash ? slash + 1 : scenario;
    const char *dot = strrchr(name, '.');
    size_t      length = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    return arena_print(arena, "results/%.*s", (int)length, name);
}

static uint32_t processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > THREADS_AT_MOST ? THREADS_AT_MOST : (uint32_t)count;
}

bool options_read(int argc, char **argv, struct arena *arena, struct options *options,
                  struct errors *errors)
{
    *options = (struct options){
        .command = COMMANDS,
        .run = {.threads = processors(), .events_of = NO_REPLICATION, .argc = argc, .argv = argv}};
    const char *word = argc > 1 ? argv[1] : "--help";
    options->help =
        strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0;
    options->version = strcmp(word, "--version") == 0;
    if (options->help || options->version)
        return true;
    if (!find_command(word, &options->command, errors) ||
        !read_words((struct words){argv + 2, argv + argc}, arena, options, errors))
        return false;
    if (options->help || options->version)
        return true;
    if (!check_operands(options, errors) || !check_compare(options, errors))
        return false;
    if (options->operand_count > 0)
        options->run.scenario = options->operand[0];
    if (!options->run.out)
        options->run.out = default_out(arena, options);
    return true;
}
