#include "models/gate.h"

#include "models/policy_quotas.h"
#include "models/pools.h"

struct gate {
    int32_t  transport_per_day, transport_left; /* moves, today */
    mask     brought;                           /* lists whose people come by transport */
    int32_t *intake_per_day;                    /* [regime]: today */
    int32_t *intake_left;                       /* [unit]: people, today */
};

static const struct intake *intake_of(const struct prison *prison, int u)
{
    const struct estate *estate = &prison->plan->estate;
    return &estate->regime[estate->unit[u].regime].intake;
}

static int weekday_of(const struct prison *prison, int64_t minute)
{
    return date_weekday(prison_date(prison, minute));
}

void gate_open(struct prison *prison, struct arena *arena)
{
    const struct scenario *plan = prison->plan;
    for (int r = 0; r < plan->estate.regime_count; r++)
        prison->units_close |= plan->estate.regime[r].intake.used;
    if (!plan->transport.used && !prison->units_close)
        return;
    prison->counts_moves =
        prison->units_close || plan->transport.per_day != NO_QUOTA || plan->measures.quotas != 0;
    prison->gate = arena_new(arena, struct gate, 1);
    prison->gate->intake_per_day = arena_new(arena, int32_t, (size_t)plan->estate.regime_count + 1);
    prison->gate->intake_left = arena_new(arena, int32_t, (size_t)plan->estate.unit_count);
    for (int l = 0; l < plan->rules.list_count; l++)
        if (plan->rules.lists[l].brought)
            prison->gate->brought |= (mask)1 << l;
    events_schedule(&prison->events, SLOT_GATE, 0, KIND_CAPACITY);
}

static void serve_lists(struct prison *prison)
{
    const struct gate *gate = prison->gate;
    prison_serve_lists(prison, gate->transport_left > 0 ? ~(mask)0 : ~gate->brought);
}

static void begin_day(struct prison *prison, int weekday)
{
    const struct transport *transport = &prison->plan->transport;
    struct gate            *gate = prison->gate;
    const struct estate    *estate = &prison->plan->estate;
    policy_set_quotas(prison, &gate->transport_per_day, gate->intake_per_day);
    gate->transport_left = transport->days >> weekday & 1 ? gate->transport_per_day : 0;
    for (int u = 0; prison->units_close && u < estate->unit_count; u++)
        gate->intake_left[u] = gate->intake_per_day[estate->unit[u].regime];
    serve_lists(prison);
}

/* Minutes of the day from this one to the next at which hours begin or end, or to midnight. */
static int32_t to_next_turn(const struct prison *prison, int32_t minute)
{
    int32_t next = MINUTES_A_DAY;
    for (int r = 0; r < prison->plan->estate.regime_count; r++) {
        const struct intake *intake = &prison->plan->estate.regime[r].intake;
        if (intake->from_min > minute && intake->from_min < next)
            next = intake->from_min;
        if (intake->to_min > minute && intake->to_min < next)
            next = intake->to_min;
    }
    return next - minute;
}

void gate_turn(struct prison *prison)
{
    int     weekday = weekday_of(prison, prison->now_min);
    int32_t minute = (int32_t)(prison->now_min % MINUTES_A_DAY);
    if (minute == 0)
        begin_day(prison, weekday);
    for (int u = 0; prison->units_close && u < prison->plan->estate.unit_count; u++) {
        const struct intake *intake = intake_of(prison, u);
        if (intake->used)
            prison_set_closed(prison, (uint16_t)u,
                              !intake_is_open(intake, weekday, minute) ||
                                  prison->gate->intake_left[u] <= 0);
    }
    events_schedule(&prison->events, SLOT_GATE, prison->now_min + to_next_turn(prison, minute),
                    KIND_CAPACITY);
}

/* Within an institution nobody needs a van. */
static bool is_brought(const struct prison *prison, const struct person *person, uint16_t unit)
{
    const struct unit *units = prison->plan->estate.unit;
    if (!prison_status(prison, person)->brought)
        return false;
    return person->unit >= prison_outside(prison) || units[unit].institution < 0 ||
           units[unit].institution != units[person->unit].institution;
}

void gate_count_move(struct prison *prison, const struct person *person, uint16_t unit)
{
    struct gate *gate = prison->gate;
    int          regime = prison->plan->estate.unit[unit].regime;
    bool         is_on_transport = prison->plan->transport.used && is_brought(prison, person, unit);
    if (prison->plan->measures.quotas)
        policy_count_move(prison, regime, is_on_transport);
    if (gate->intake_per_day[regime] != NO_QUOTA && --gate->intake_left[unit] == 0)
        prison_set_closed(prison, unit, true);
    if (gate->transport_per_day == NO_QUOTA || !is_on_transport)
        return;
    gate->transport_left--;
    serve_lists(prison);
}

int64_t gate_next_open(const struct prison *prison, list_id list, int64_t minute)
{
    const struct rules *rules = &prison->plan->rules;
    int                 weekday = weekday_of(prison, 0);
    int64_t             first = INT64_MAX;
    for (int i = 0; i < rules->lists[list].pool_count; i++) {
        const struct pool   *pool = &rules->pool[rules->lists[list].pool[i]];
        const struct intake *intake = &prison->plan->estate.regime[pool->regime].intake;
        int64_t              open = intake_next_open(intake, weekday, minute);
        first = open < first ? open : first;
    }
    return first;
}
