"""A spread of demands over subnets, and what can be moved in it: the residual of a flow, in plain
integers.

networkx finds the maximum flow itself (`fitting`); the many small what-if questions after it (how
far could this one go?) start from that flow and only push what is missing, so that each costs
microseconds instead of a network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

UNBOUNDED = 1 << 62
"""More than any network of addresses holds."""


class Spread:
    """Which group has how many addresses of which subnet; groups and subnets are indexes."""

    __slots__ = ("given", "held", "slack", "ways")

    def __init__(self, ways: Sequence[tuple[int, ...]], free: Sequence[int]) -> None:
        self.ways = ways
        self.slack = list(free)
        self.given: list[dict[int, int]] = [{} for _ in ways]
        self.held: list[dict[int, int]] = [{} for _ in free]

    def copy(self) -> Spread:
        """The same spread, to try something on."""
        twin = Spread.__new__(Spread)
        twin.ways = self.ways
        twin.slack = self.slack.copy()
        twin.given = [part.copy() for part in self.given]
        twin.held = [part.copy() for part in self.held]
        return twin

    def carried(self, group: int) -> int:
        """How many addresses a group has."""
        return sum(self.given[group].values())

    def give(self, group: int, subnet: int, count: int) -> None:
        """Adds addresses of a subnet to a group; a negative count takes them back."""
        amount = self.given[group].get(subnet, 0) + count
        if amount:
            self.given[group][subnet] = self.held[subnet][group] = amount
        else:
            self.given[group].pop(subnet, None)
            self.held[subnet].pop(group, None)
        self.slack[subnet] -= count

    def share_evenly(self, targets: Sequence[int]) -> None:
        """Gives each group even shares of its target, as far as its subnets have them."""
        for group, way in enumerate(self.ways):
            if not way:
                continue
            share, rest = divmod(targets[group], len(way))
            for place, subnet in enumerate(way):
                count = min(share + (place < rest), self.slack[subnet])
                if count:
                    self.give(group, subnet, count)

    def release(self, group: int) -> int:
        """Takes everything from a group; gives how much that was."""
        count = self.carried(group)
        for subnet, amount in list(self.given[group].items()):
            self.give(group, subnet, -amount)
        return count

    def can_clear(self, subnets: frozenset[int], owner: int) -> bool:
        """Whether all others can surely leave these subnets, each at once to another of its own.

        False where that takes more than one move after the other; then only `push` can tell.
        """
        leaving: dict[int, int] = {}
        for subnet in subnets:
            for group, amount in self.held[subnet].items():
                leaving[group] = leaving.get(group, 0) + amount
        leaving.pop(owner, None)
        taken: dict[int, int] = {}
        for group, amount in leaving.items():
            for subnet in self.ways[group]:
                if subnet in subnets:
                    continue
                room = self.slack[subnet] - taken.get(subnet, 0)
                if room > 0:
                    step = min(room, amount)
                    taken[subnet] = taken.get(subnet, 0) + step
                    amount -= step
                    if not amount:
                        break
            else:
                if not subnets.issuperset(self.ways[group]):
                    return False
        return True

    def inherit(self, group: int, missing: dict[int, int]) -> int:
        """Takes everything from a group and gives what can be to those who lack addresses and
        have the same subnets; lowers what they miss. Says how much was given.
        """
        left = self.given[group].copy()
        self.release(group)
        taken = 0
        for other, count in missing.items():
            for subnet in self.ways[other]:
                step = min(left.get(subnet, 0), count)
                if step:
                    self.give(other, subnet, step)
                    left[subnet] -= step
                    count -= step
                    taken += step
            missing[other] = count
        return taken

    def push(self, wanting: Mapping[int, int], bound: int) -> tuple[int, set[int] | None]:
        """Gives the wanting groups all that can be had, moving others aside, none of whom loses
        any.

        `bound` is known to be the most possible. The answer: how much was gained, and, where that
        is less than the bound, the subnets that could be drawn from and are all full: a minimum
        cut.
        """
        missing = dict(wanting)
        gained = 0
        while gained < bound:
            reached, step = self._pass(missing, bound - gained)
            if not step:
                return gained, reached
            gained += step
        return gained, None

    def _pass(self, missing: dict[int, int], bound: int) -> tuple[set[int], int]:
        came: dict[int, tuple[int, int]] = {}
        seen = {group for group, count in missing.items() if count}
        queue: list[int] = []
        for group in seen:
            for subnet in self.ways[group]:
                if subnet not in came:
                    came[subnet] = (group, -1)
                    queue.append(subnet)
        ends = self._search(came, seen, queue, bound)
        step = 0
        for end in ends:
            step += self._move(came, end, missing, bound - step)
        return set(came), step

    def _search(
        self, came: dict[int, tuple[int, int]], seen: set[int], queue: list[int], bound: int
    ) -> list[int]:
        """Subnets with something left that can be drawn from, nearest first, until they promise
        enough.
        """
        ways, held, slack = self.ways, self.held, self.slack
        ends: list[int] = []
        promised = 0
        widths = dict.fromkeys(queue, bound)
        for subnet in queue:
            width = widths[subnet]
            if slack[subnet] > 0:
                ends.append(subnet)
                promised += min(width, slack[subnet])
                if promised >= bound:
                    break
            if len(seen) == len(ways):
                continue
            for group, amount in held[subnet].items():
                if group in seen:
                    continue
                seen.add(group)
                for other in ways[group]:
                    if other not in came:
                        came[other] = (group, subnet)
                        widths[other] = min(width, amount)
                        queue.append(other)
        return ends

    def _move(
        self, came: dict[int, tuple[int, int]], end: int, missing: dict[int, int], bound: int
    ) -> int:
        """Draws from `end` along the way that led there; gives how much."""
        steps: list[tuple[int, int, int]] = []
        amount = min(self.slack[end], bound)
        subnet = end
        while subnet >= 0:
            group, before = came[subnet]
            steps.append((group, subnet, before))
            limit = missing[group] if before < 0 else self.given[group].get(before, 0)
            amount = min(amount, limit)
            subnet = before
        if amount <= 0:
            return 0
        for group, subnet, before in steps:
            self.give(group, subnet, amount)
            if before < 0:
                missing[group] -= amount
            else:
                self.give(group, before, -amount)
        return amount
