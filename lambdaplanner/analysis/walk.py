"""What a walk through the network has followed, so that nothing is followed twice.

Where several ways are open, the number of ways grows with the power of their length, and most of
them meet again. What a packet meets from some place on depends on the place and on what the packet
is by then, and not on how it came there: such a state is followed once.
"""

from __future__ import annotations

from collections.abc import Hashable

from lambdaplanner.analysis.packets import Client, Goal, Outside, Trip

MAX_LEGS = 64
"""After so many legs a packet goes in a circle; AWS's own route analyser gives up there too
(aws.md 3.5).
"""

MANY_STEPS = 300
"""After so many states a walk comes to every place once more at most. Plans of any use need some
dozens; where filters divide the packets anew at every leg there is no end to them.
"""


class Walk:
    """The states that a walk has followed."""

    __slots__ = ("_been", "_cut", "_followed", "every_way", "steps", "troubles")

    def __init__(self, *, every_way: bool = False) -> None:
        self._followed: dict[Hashable, int] = {}
        self._been: set[Hashable] = set()
        self.every_way = every_way
        """Whether things that do the same are told apart: it is asked by which of them packets may
        go, and not how they fare.
        """
        self._cut = False
        self.steps = 0
        """How many states were followed."""
        self.troubles = 0
        """How many replies met something in their way."""

    def goes_on(self, place: Hashable) -> bool:
        """Whether a new state is followed: not where the walk has gone on for so long that it has
        to come to an end, and has been in that place.
        """
        if self.steps > MANY_STEPS and place in self._been:
            return False
        self._been.add(place)
        self.steps += 1
        return True

    def too_far(self, legs: int) -> bool:
        """Whether a packet has come by so many legs that it goes in a circle."""
        if legs < MAX_LEGS:
            return False
        self._cut = True
        return True

    def knows(self, state: Hashable, legs: int = 0) -> bool:
        """Whether a state was followed before, after no more legs; from now on it was.

        The legs count once a way was cut short for its length: a shorter way to the same state may
        lead further then.
        """
        known = self._followed.get(state)
        if known is not None and (known <= legs or not self._cut):
            return True
        self._followed[state] = legs
        return False


def state_of(trip: Trip, goal: Goal) -> Hashable:
    """All that decides what becomes of a trip from where it is."""
    return (
        place_of(trip, goal),
        trip.vpc,
        trip.packet,
        hidden(trip.clients),
        trip.exit,
        trip.beyond,
        trip.passed,
    )


def place_of(trip: Trip, goal: Goal) -> Hashable:
    """The same but for what filters left of its addresses and for who is hidden behind it."""
    return (
        trip.subnet,
        _bound(goal),
        trip.direction,
        (trip.not_blocked, trip.refuted, trip.astray, trip.whole, trip.arrived, trip.brought),
        trip.relation,
        (trip.sender.id, trip.sender.subnet),
    )


def hidden(clients: tuple[Client, ...]) -> Hashable:
    """Who is hidden behind translations, and with which addresses."""
    return tuple((c.station.id, c.station.subnet, c.addresses, c.passed) for c in clients)


def _bound(goal: Goal) -> Hashable:
    return goal.text if isinstance(goal, Outside) else (goal.id, goal.subnet)
