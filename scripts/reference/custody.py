"""What happens to a person next: rules 9 to 11."""

from reference.dates import DAY, RELEASED
from reference.scenario import find_unit
from reference.values import date_of, pick


class Custody:
    def seek(self, person):
        """Keeps the place that he has if his rule allows it, else the end of the minute decides."""
        status = person.status
        rule = self.scenario.rule_of(status, person.profile)
        person.since = self.now
        if rule is None:
            self.go_outside(person)
            person.is_placed = True
            return
        row = self.scenario.row(rule, status, person.profile)
        if any(person.unit in pool.units for pool in row) or self.keeps_crisis_place(person):
            self.placed(person, person.unit)
            return
        if status.called_up:
            self.go_outside(person)
            person.waits = True
            self.trace(person, "waits")
            self.queue(person, rule, row)
        else:
            self.seeking[person] = None

    def begin_to_wait(self, person):
        rule = self.scenario.rule_of(person.status, person.profile)
        person.waits = True
        self.trace(person, "waits")
        self.join(person, rule, self.scenario.row(rule, person.status, person.profile))
        self.replan(person)

    def settle(self, person):
        """He still waits at the end of the minute."""
        if person.is_at_limit and self.asks_valve(person):
            person.is_at_limit, person.limit = False, self.now + 1
            self.replan(person)
        elif person.is_at_limit:
            self.give_way(person)
        elif person.is_at_gate:
            rule, row = person.rule, person.row
            self.leave_lists(person)
            person.is_at_gate = False
            self.trace(person, "sent_home")
            self.queue(person, rule, row)
        elif person.status.waits_in == "nowhere":
            self.trace(person, "refused")
            self.will_return(person, "unserved")
            self.leave(person)
        elif person.status.waits_in in self.scenario.regimes:
            self.go_to_cell(person)
        elif person.status.waits_in == "outside" or person.unit is None:
            self.go_outside(person)
            self.replan(person)
        else:
            self.replan(person)

    def cells(self, status, profile):
        """Where he waits when he waits in a regime: where he is admitted, or else in all of it."""
        cells = [pool for pool in self.scenario.pools if pool.units[0].regime.name == status.waits_in]
        return [pool for pool in cells if pool.units[0].admits.matches(status, profile)] or cells

    def go_to_cell(self, person):
        unit = find_unit(self.cells(person.status, person.profile))
        if unit is not person.unit:
            self.move(person, unit)
        self.trace(person, "moved")
        if person.status.limit is not None:
            person.limit = self.now + person.status.limit
        self.start_clock_if_due(person)
        self.replan(person)

    def reach_limit(self, person):
        person.limit, person.is_at_limit, person.is_past_limit = None, True, True
        self.stand_in_wait(person)
        self.seeking[person] = None
        self.replan(person)

    def give_way(self, person):
        person.is_at_limit = False
        last = person.status.ladder[-1]
        if last == "over_capacity":
            row = self.scenario.row(person.rule, person.status, person.profile)
            self.placed_in_round(person, find_unit(row))
        elif last == "sent_home":
            self.send_home(person)
        # else he stays on, over the limit

    def send_home(self, person):
        n = self.draw(person, "back", person.status.name, person.homes)
        path, node = f"{person.status.path}.sent_home.back_after", person.status.back_after
        self.leave_lists(person)
        person.begin()
        self.stop_counting(person)
        self.move(person, None)
        self.trace(person, "sent_home")
        person.homes = min(person.homes + 1, 255)
        person.is_home, person.home_from, person.rest = True, self.now, person.ends
        person.ends = person.limit = None
        person.comes = self.now + self.scenario.shape(path, node, person.profile).draw(n)
        self.replan(person)

    def come_back(self, person):
        """Time at home counts for nothing: what was left to serve is left still."""
        old, route, rest = person.status, person.route, person.rest
        person.begin()
        person.status = self.scenario.statuses[old.back_as]
        if route is not None and rest is not None:
            person.ends = person.unmoved = rest + self.now - person.home_from
            if route == RELEASED:
                person.ends = self.before_weekend(person.status, person.ends)
        if person.status is old:
            self.seek(person)
            self.start_clock_if_due(person)
        else:
            person.served = person.served if old.served else None
            left, unmoved = (person.ends, person.route), person.unmoved
            self.enter_status(person, is_judged=False, goes_on=route is not None)
            if route is not None:
                (person.ends, person.route), person.unmoved = left, unmoved  # at liberty too
        self.follow(person)

    def come(self, person):
        person.comes = None
        if person.measure:
            self.fail(person)
        elif person.is_home:
            self.come_back(person)
        else:
            self.come_to_gate(person)

    # - the path of a person: rules 10 and 11

    def count_visit(self, person):
        if person.status.name in self.scenario.cyclic:
            person.visits = min(person.visits + 1, 255)  # then draws repeat

    def enter_status(self, person, is_judged=True, goes_on=False):
        self.count_visit(person)
        person.length = self.draw_length(person) if goes_on else self.draw_judged_length(person)
        if not (is_judged and self.is_replaced(person)):
            self.begin_status(person)

    def begin_status(self, person):
        self.trace(person, "status")
        self.seek(person)
        self.start_clock_if_due(person)
        is_seeking = not (person.is_placed or person.waits)
        if (is_seeking and person.status.clock == "custody" and person.status.waits_in == "outside"
                and person.ends is not None and person.ends > self.now):
            person.ends = person.route = None  # custody goes on only if he gets a place in this minute

    def change_status(self, person, name):
        self.leave_lists(person)
        self.seeking.pop(person, None)
        self.stop_counting(person)
        if not person.status.served:
            person.served = None  # the custody that counts is broken
        person.begin()
        person.ends = person.limit = person.comes = person.route = person.owner = None
        person.status = self.scenario.statuses[name]
        self.keep_crisis(person)
        self.enter_status(person)

    def follow(self, person):
        """What is over now is over; then to the next that is planned."""
        while person.ends is not None and person.ends <= self.now:
            if person.route == RELEASED:
                if not self.seeks_title(person):
                    self.trace(person, "released")
                    self.will_return(person, self.left_by(person))
                    self.leave(person)
                return
            self.change_status(person, person.route)
        self.replan(person)

    def leave(self, person):
        self.leave_lists(person)
        self.seeking.pop(person, None)
        self.everybody.pop(person, None)
        self.move(person, None)
        person.begin()
        person.ends = person.limit = person.comes = person.owner = None
        self.replan(person)

    def count_custody(self, person):
        """In a status that is served, and in one whose clock is custody, time counts from the first minute held on; unbroken
        custody goes on in a regime outside."""
        counts = person.status.served or person.status.clock == "custody"
        if person.counts_from is None and counts and (person.is_held() or person.served is not None):
            person.counts_from = self.now

    def stop_counting(self, person):
        if person.counts_from is not None and person.status.served:
            person.served = (person.served or 0) + self.now - person.counts_from
        person.counts_from = None

    def start_clock_if_due(self, person):
        self.count_custody(person)
        if person.route is not None:
            return
        is_due = {"arrival": True, "placement": person.is_placed,
                  "custody": person.served is not None or person.counts_from is not None}
        if is_due[person.status.clock]:
            served = person.served or 0 if person.status.clock == "custody" else 0
            self.start_clock(person, self.now - served)

    def start_clock(self, person, from_minute):
        status = person.status
        person.route = self.draw_judged_route(person)
        if person.length is None:
            return
        person.owner = None
        person.ends = person.unmoved = max(self.now, from_minute + self.to_serve(person))
        if person.route == RELEASED:
            person.ends = self.before_weekend(status, person.ends)

    def draw_route(self, person):
        routes = person.status.routes
        if len(routes) == 1:
            return routes[0]
        lots = self.scenario.lots(f"{person.status.path}.next", routes, person.status.next, person.profile)
        return pick(self.draw_status(person, "route"), lots)

    def before_weekend(self, status, minute):
        """A release at the weekend moves to the Friday before, not before now."""
        moves = {"as_planned": {}, "friday": {5: 1, 6: 2}, "friday_for_monday": {5: 1, 6: 2, 0: 3}}
        days = moves[status.weekend]
        weekday = date_of(self.scenario.start + minute // DAY).weekday()
        return max(self.now, minute - days[weekday] * DAY) if weekday in days else minute
