"""Keys of measures and of returns for keys.py: what is stated before, and after."""

# A key of a mapping: before and after, other keys of it being stated beside.
def within(path, **keys):
    return {key: tuple([f"{path}={{{text}}}"] for text in texts) for key, texts in keys.items()}


def in_sections(section, rows):
    return {(section, key): sets for key, sets in rows.items()}


# The two regimes of alpha, with 34 places, need a person a place.
NORM = ["regimes.house.staff_per_place=1", "regimes.prison.staff_per_place=1"]


# Two projects of which the second may need what the first has.
def works(text, over="", other=""):
    roof = f"roof: {{units: {{alpha.house: 15}}, takes: {{planned: 90 days}}, cost_per_year: 6{text}}}"
    wall = f"wall: {{units: {{alpha.prison: 10}}, start: {{planned: 2026-02-01}}, takes: {{planned: 60 days}}, cost_per_year: 6{other}}}"
    return [f"works={{{over}projects: {{{roof}, {wall}}}}}"]


# Measures: one on arrivals, one on sentences.
MORE = "kind: inflow, starts: 2026-02-01, factor: 1.5"
LESS = "kind: replace_sentence, starts: 2026-02-01, by: work, share: 0.5"
LONGER = "kind: sentence_length, starts: 2026-02-01, factor: 1.5"
SOONER = "kind: hearings, starts: 2026-02-01, earlier: 4 days"
OTHER = "kind: routes, starts: 2026-02-01, from: ankle, to: release, share: 0.5"
THREE_WAYS = "statuses.sentenced.next={ankle: 0.3, reporter: 0, release: rest}"
POINTS = "statuses.remand.stay={steps: [[14 days, 0.4], [44 days, 1]]}"
SOON = "kind: early_release, starts: 2026-02-01, earlier: 5 days"
PART = "kind: early_release, starts: 2026-02-01, part: 1/6"
BREAK = "kind: suspension, starts: 2026-02-01, after: [{up_to: 9 days, part: 1/2}, {part: 2/3}]"
LAST = "kind: last_part_outside, starts: 2026-02-01, in: ankle, last: 5 days"
LAST_PART = "kind: last_part_outside, starts: 2026-02-01, in: ankle, part: 1/6"
AT_HOME = "kind: instead_of_remand, starts: 2026-02-01, in: ankle, share: 0.5"
LAW = "kind: conditional_release, starts: 2026-02-01, conditional: [{remits: 1/10}]"
ALL_SERVED = "kind: conditional_release, starts: 2026-02-01, applies_to: present, conditional: [{remits: 0}]"
ADDS = "kind: inflow, starts: 2026-02-01, ends: 2026-05-31, who: {flow: remand}, adds: 90"

SHUT = "kind: places, starts: 2026-02-01, units: {alpha.house: -6}, why: works"
AGAIN = "chance: 0.5, delay: {exponential: {mean: 60 days}}, flow_share: 0.2"
FEWER = "kind: returns, starts: 2026-02-01, factor: 0.5"
LEAN = "kind: staffing, starts: 2026-02-01, factor: 0.8"
FOUR = "kind: staffing, starts: 2026-02-01, fte: {alpha: 4}"
TENTH = "kind: staffing, starts: 2026-02-01, fte_share: 0.1"
MONEY = "kind: works_budget, starts: 2026-02-01, budget_per_year: 7"
ROOM = "kind: works_budget, starts: 2026-02-01, places_out_at_most: 21"
CALLS = "kind: call_up, starts: 2026-02-01, at_most: 3"
LATE_COMERS = ["statuses.late={sentence: 9 days, waits: {in: outside}, called_up: {at_most: 1}}",
               "flows.late={status: late, per_year: 90}"]
HIRED = "kind: places, starts: 2026-02-01, units: {alpha.house: 6}, cost: {per_year: 900, per_place_day: 90}"

MOVED = "kind: convert, starts: 2026-02-01, converts: {beta.house: {places: 6, to: {regime: prison}}}"
VANS = "kind: quotas, starts: 2026-02-01, transport_per_day: 2"
INTAKE = "kind: quotas, starts: 2026-02-01, intake_per_day: {house: 2}"
TURN = "kind: placement, starts: 2026-02-01, rule: arrested, also: [house]"


def fails(text):
    return f"{LESS}, fails: {{{text}}}"


def again(*more):
    return [f"returns={{{AGAIN}}}", *more]


def returns():
    """Keys of returns: early leavers need a valve, replaced ones a measure."""
    texts = {"chance": AGAIN.replace("0.5", "0.6"), "delay": AGAIN.replace("60", "90"), "flow_share": AGAIN.replace("0.2", "{by: sex, man: 0.2, woman: 0.9}"),
             "status": AGAIN + ", status: {ankle: 0.5}", "held_in": AGAIN + ", held_in: {ankle: 0.5}",
             "left_by": AGAIN + ", left_by: {planned: 0.9}", "as": AGAIN + ", as: {remand: arrested}",
             "drawn_anew": AGAIN + ", drawn_anew: [sex]"}
    return {("The scenario", "returns"): ([], again()),
            **in_sections("returns", {key: (again(), [f"returns={{{text}}}"]) for key, text in texts.items()})}


def bounds(text):
    return f"{LESS}, who: {{sentence: {{{text}}}}}"


FAILS = "share: 0.5, after: 9 days, as: arrested"
MEASURES = {
    **in_sections("measures.<name>", within(
        "measures.x", kind=(MORE, LESS),
        starts=(MORE, MORE.replace("02-01", "05-01")), ends=(MORE, f"{MORE}, ends: 2026-08-31"),
        ramp=(MORE, f"{MORE}, ramp: 90 days"), chance=(f"{MORE}, chance: 0", f"{MORE}, chance: 1"))),
    **in_sections("measures.<name>, kind: inflow", within(
        "measures.x", who=(MORE, f"{MORE}, who: {{sex: man}}"), factor=(MORE, MORE.replace("1.5", "0.6")),
        adds=(ADDS, ADDS.replace("90", "30")), lag=(MORE, f"{MORE}, lag: 60 days"))),
    **in_sections("measures.<name>, kind: replace_sentence", within(
        "measures.x", who=(LESS, f"{LESS}, who: {{sex: man}}"), share=(LESS, LESS.replace("0.5", "0.8")),
        fails=(LESS, fails(FAILS)), cost=(LESS, f"{LESS}, cost: {{per_person: 900}}"),
        offence_delay=(LESS, f"{LESS}, offence_delay: 90 days"), **{
            "in": (LESS, LESS.replace("by: work", "in: ankle"))})),
    ("measures.<name>", "emergency"): tuple(
        ["output.shortages={normal: true}", f"measures.x={{{text}}}"] for text in (MORE, f"{MORE}, emergency: true")),
    **in_sections("measures.<name>, kind: sentence_length", within(
        "measures.x", who=(LONGER, f"{LONGER}, who: {{sex: man}}"), factor=(LONGER, LONGER.replace("1.5", "0.7")),
        minimum=(LONGER, f"{LONGER}, minimum: 30 days"), share=(LONGER, f"{LONGER}, share: 0.5"),
        offence_delay=(LONGER, f"{LONGER}, offence_delay: 90 days"))),
    **in_sections("measures.<name>, kind: hearings", within(
        "measures.x", who=(SOONER, f"{SOONER}, who: {{sex: man}}"), earlier=(SOONER, SOONER.replace("4", "1")),
        factor=(SOONER, f"{SOONER}, factor: 0.8"), not_before=(SOONER, f"{SOONER}, not_before: 9 days"),
        share=(SOONER, f"{SOONER}, share: 0.5"), applies_to=(SOONER, f"{SOONER}, applies_to: present"),
        cost=(SOONER, f"{SOONER}, cost: {{per_person: 900}}"))),
    ("measures.<name>, kind: hearings", "chance_factor"): (
        [POINTS, f"measures.x={{{SOONER}, who: {{status: remand}}}}"],
        [POINTS, f"measures.x={{{SOONER}, who: {{status: remand}}, chance_factor: 2}}"]),
    **in_sections("measures.<name>, kind: routes", {
        **within("measures.x", who=(OTHER, f"{OTHER}, who: {{sex: man}}"), share=(OTHER, OTHER.replace("0.5", "0.9")),
                 offence_delay=(OTHER, f"{OTHER}, offence_delay: 90 days"), **{
                     "from": (OTHER, OTHER.replace("ankle", "sentenced"))}),
        "to": ([THREE_WAYS, f"measures.x={{{OTHER}}}"],
               [THREE_WAYS, f"measures.x={{{OTHER.replace('to: release', 'to: reporter')}}}"])}),
    **in_sections("measures.<name>, kind: staffing", {key: tuple(
        [*NORM, "staff={alpha: {fte: 20}}", f"measures.x={{{text}}}"] for text in texts) for key, texts in {
            "factor": (LEAN, LEAN.replace("0.8", "0.6")), "regimes": (LEAN, f"{LEAN}, regimes: [prison]"),
            "fte": (FOUR, FOUR.replace("4}", "6}")), "fte_share": (TENTH, TENTH.replace("0.1", "0.2"))}.items()}),
    **in_sections("measures.<name>, kind: works_budget", {
        "budget_per_year": tuple([*works("", "budget_per_year: 6, "), f"measures.x={{{text}}}"]
                                 for text in (MONEY, MONEY.replace("7", "12"))),
        "places_out_at_most": tuple([*works("", "places_out_at_most: 20, "), f"measures.x={{{text}}}"]
                                    for text in (ROOM, ROOM.replace("21", "40")))}),
    **in_sections("measures.<name>, kind: call_up", {
        **within("measures.x", at_most=(CALLS, CALLS.replace("3", "1")), fill_to=(CALLS, f"{CALLS}, fill_to: 0.3"),
                 notice=(CALLS, f"{CALLS}, notice: 3 days")),
        "statuses": tuple([*LATE_COMERS, f"measures.x={{{text}}}"] for text in (CALLS, f"{CALLS}, statuses: [late]"))}),
    **in_sections("measures.<name>, kind: places", within(
        "measures.x", units=(SHUT, SHUT.replace("-6", "-9")), why=(SHUT, SHUT.replace("works", "damage")),
        cost=(HIRED.split(", cost")[0], HIRED))),
    **in_sections("measures.<name>, kind: convert", within(
        "measures.x", converts=(MOVED, MOVED.replace("6", "9")), takes=(MOVED, f"{MOVED}, takes: 60 days"),
        cost=(MOVED, f"{MOVED}, cost: {{per_place: 900}}"))),
    ("cost", "per_place"): tuple([f"measures.x={{{MOVED}, cost: {{per_place: {euros}}}}}"] for euros in (900, 901)),
    ("measures.<name>, kind: quotas", "transport_per_day"): tuple(
        ["transport={per_day: 1}", f"measures.x={{{text}}}"] for text in (VANS, VANS.replace("y: 2", "y: unlimited"))),
    ("measures.<name>, kind: quotas", "intake_per_day"): tuple(
        ["regimes.house.intake={per_day: 1}", f"measures.x={{{text}}}"] for text in (INTAKE, INTAKE.replace("2}", "unlimited}"))),
    **in_sections("measures.<name>, kind: placement", within(
        "measures.x", rule=(TURN, TURN.replace("arrested", "reporter")), before=(TURN, f"{TURN}, before: remand"),
        order=(TURN, f"{TURN}, order: longest_waiting"), also=(TURN, TURN.replace("house", "prison")),
        without=(TURN, f"{TURN}, without: [quiet]"))),
    **in_sections("measures.<name>, kind: returns", {key: (again(f"measures.x={{{FEWER}}}"), again(f"measures.x={{{text}}}"))
                                                     for key, text in (("who", f"{FEWER}, who: {{status: remand}}"),
                                                                       ("factor", FEWER.replace("0.5", "0.6")))}),
    **in_sections("cost", within("measures.x", per_year=(HIRED, HIRED.replace("900", "901")),
                                 per_place_day=(HIRED, HIRED.replace("90}", "91}")))),
    **in_sections("measures.<name>, kind: early_release", within(
        "measures.x", who=(SOON, f"{SOON}, who: {{sex: man}}"), earlier=(SOON, SOON.replace("5 d", "2 d")),
        part=(PART, PART.replace("1/6", "1/3")), at_most=(PART, f"{PART}, at_most: 1 day"),
        share=(SOON, f"{SOON}, share: 0.5"), applies_to=(SOON, f"{SOON}, applies_to: present"),
        cost=(SOON, f"{SOON}, cost: {{per_person: 900}}"))),
    **in_sections("measures.<name>, kind: suspension", within(
        "measures.x", who=(BREAK, f"{BREAK}, who: {{sex: man}}"), after=(BREAK, BREAK.replace("2/3", "1/5")),
        share=(BREAK, f"{BREAK}, share: 0.5"), applies_to=(BREAK, f"{BREAK}, applies_to: present"),
        cost=(BREAK, f"{BREAK}, cost: {{per_person: 900}}"))),
    **in_sections("after", within("measures.x", up_to=(BREAK, BREAK.replace("9 days", "30 days")),
                                  part=(BREAK, BREAK.replace("2/3", "1/5")))),
    **in_sections("measures.<name>, kind: last_part_outside", within(
        "measures.x", who=(LAST, f"{LAST}, who: {{sex: man}}"), last=(LAST, LAST.replace("5 d", "2 d")),
        part=(LAST_PART, LAST_PART.replace("1/6", "1/3")), at_most=(LAST_PART, f"{LAST_PART}, at_most: 1 day"),
        share=(LAST, f"{LAST}, share: 0.5"), applies_to=(LAST, f"{LAST}, applies_to: present"),
        fails=(LAST, f"{LAST}, fails: {{share: 1, after: 1 day, as: sentenced}}"),
        cost=(LAST, f"{LAST}, cost: {{per_person: 900}}"))),
    ("measures.<name>, kind: last_part_outside", "in"): tuple(
        ["regimes.band={places: unlimited, outside: true, cost_per_day: {occupied: 60}}", f"measures.x={{{text}}}"]
        for text in (LAST, LAST.replace("ankle", "band"))),
    **in_sections("measures.<name>, kind: instead_of_remand", within(
        "measures.x", who=(AT_HOME, f"{AT_HOME}, who: {{sex: man}}"), share=(AT_HOME, AT_HOME.replace("0.5", "0.8")),
        applies_to=(AT_HOME, f"{AT_HOME}, applies_to: present"),
        fails=(AT_HOME, f"{AT_HOME}, fails: {{share: 1, after: 1 day, as: arrested}}"),
        cost=(AT_HOME, f"{AT_HOME}, cost: {{per_person: 900}}"))),
    ("measures.<name>, kind: instead_of_remand", "in"): tuple(
        ["regimes.band={places: unlimited, outside: true, cost_per_day: {occupied: 60}}", f"measures.x={{{text}}}"]
        for text in (AT_HOME, AT_HOME.replace("ankle", "band"))),
    **in_sections("measures.<name>, kind: conditional_release", within(
        "measures.x", who=(LAW, f"{LAW}, who: {{sex: man}}"), conditional=(LAW, LAW.replace("1/10", "1/2")),
        granted=(LAW, f"{LAW}, granted: 0.1"), share=(LAW, f"{LAW}, share: 0.5"),
        applies_to=(LAW, f"{LAW}, applies_to: present"), lengthens=(ALL_SERVED, f"{ALL_SERVED}, lengthens: true"))),
    **in_sections("conditional", within(
        "measures.x", up_to=(LAW, LAW.replace("{r", "{up_to: 9 days, r")), remits=(LAW, LAW.replace("1/10", "1/2")),
        of_part_above=(LAW, LAW.replace("{r", "{of_part_above: 9 days, r")),
        at_most=(LAW, LAW.replace("{r", "{at_most: 1 day, r")))),
    **in_sections("who", within("measures.x", flow=(MORE, f"{MORE}, who: {{flow: remand}}"),
                                sentence=(LESS, bounds("at_most: 10 days")))),
    **in_sections("who.sentence", within("measures.x", at_least=(LESS, bounds("at_least: 10 days")),
                                         at_most=(LESS, bounds("at_most: 10 days")))),
    **in_sections("fails", within("measures.x", share=(fails(FAILS), fails(FAILS.replace("0.5", "0.9"))),
                                  after=(fails(FAILS), fails(FAILS.replace("9 days", "30 days"))), **{
                                      "as": (fails(FAILS), fails(FAILS.replace("arrested", "ankle")))})),
    **in_sections("cost", within("measures.x", per_person=(f"{LESS}, cost: {{per_person: 900}}",
                                                           f"{LESS}, cost: {{per_person: 901}}"))),
}
