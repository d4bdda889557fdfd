"""Swaps: rule 7."""

import itertools


class Rings:
    def swap(self):
        """Along the ring of the fewest pools, then the first by its pools in file order."""
        waiting = self.who_waits_for_whom()
        ring = first_ring(set(waiting))
        if ring is None:
            return False
        pairs = list(zip(ring, ring[1:] + ring[:1]))
        people = [min(waiting[pair], key=self.turn) for pair in pairs]
        units = [person.unit for person in people]
        for person, unit in zip(people, units[1:] + units[:1]):
            self.count_move(person, unit)
            person.unit.people.discard(person)
            person.unit, person.entered = unit, self.now  # as many are in each unit as before
            unit.people.add(person)
        for person in people:
            self.placed_in_round(person, person.unit)
        self.swaps.append(len(ring))
        return True

    def hands_on(self, person):
        """His place to another, and goes himself: into an open unit, and with the transport that he needs."""
        return (person.unit is not None and person.unit.is_open and not person.must_move()
                and self.can_come(person.status))

    def who_waits_for_whom(self):
        """People by the numbers of the pool in which they are and of a pool for which they wait."""
        waiting = {}
        for person in self.listed:
            if self.hands_on(person):
                for pool in person.row:
                    pair = (self.scenario.pool_number[person.unit], self.scenario.pool_number[pool.units[0]])
                    waiting.setdefault(pair, []).append(person)
        return waiting


def first_ring(arrows):
    """Of all rings, by trying: shortest first, the lowest pool in front."""
    while True:  # who waits for nobody, or for whom nobody waits, is in none
        kept = {(a, b) for a, b in arrows
                if any(c == b for c, _ in arrows) and any(d == a for _, d in arrows)}
        if kept == arrows:
            break
        arrows = kept
    pools = sorted({a for a, _ in arrows})
    for size in range(2, len(pools) + 1):
        for ring in itertools.permutations(pools, size):
            if ring[0] == min(ring) and all(pair in arrows for pair in zip(ring, ring[1:] + ring[:1])):
                return list(ring)
    return None
