"""A person, and the kinds of event that happen to him."""

# Kinds of event in their order within a minute; placement is the round at the end of the minute.
RECORD, VALVE, CAPACITY, RELEASE, STATUS, LIMIT, ARRIVAL = range(7)


class CrisisClock:
    """Of crises: from his first place in a status on, until he leaves it or is no longer held."""

    def __init__(self):
        self.draws, self.runs, self.is_on = 0, False, False
        self.next = self.since = None

    def stop(self):
        self.runs, self.is_on, self.next = False, False, None


class Person:
    def __init__(self, stream, key, day, offset, point):
        self.stream, self.key, self.day, self.offset, self.point = stream, key, day, offset, point
        self.generation, self.first = 0, None  # how often he came back, and the status in which he first came
        self.returned = None  # the day of that
        self.profile, self.status, self.unit = {}, None, None
        self.since = self.entered = 0
        self.length = None  # of the stay, or of the sentence imposed, in this status
        self.ends = self.limit = self.comes = None  # minutes of what is planned
        self.granted_in = {}  # by status: what is known of who is there at the start
        self.unmoved = None  # his end before it moved for a weekend
        self.route = None  # what follows the status; None: its clock has not started
        self.served, self.counts_from = None, None  # custody that counts: minutes before, and since when
        self.visits = self.homes = 0
        self.owner = self.planned = None  # the valve by which he leaves early, and the end without it
        self.due = None  # minute of his last planned event
        self.plan = 0  # the number of his last planned event: earlier ones are void
        self.last_part, self.has_failed = None, False  # of a last part outside
        self.crisis = CrisisClock()
        self.begin()

    def begin(self):
        """Nothing known about his place in the present status."""
        self.rule, self.row = None, None  # the list on which he stands
        self.waits = self.is_at_limit = self.is_at_gate = self.is_called = False
        self.asked_valve = False
        self.is_placed = self.is_home = self.is_past_limit = False
        self.measure = self.fails = None  # by which he serves otherwise, and when he fails

    def must_move(self):
        """Has a place by his rule, and waits for another since his unit has shrunk."""
        return self.is_placed and self.waits

    def is_held(self):
        return self.unit is not None and not self.unit.regime.outside

    def holds_place(self):
        """One by his rule, or one that he keeps until there is; not a police cell in which he waits for it."""
        return self.is_held() and (self.is_placed or not self.unit.regime.emergency)
