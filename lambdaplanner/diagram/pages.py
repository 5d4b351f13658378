"""How well a size fits the page that a picture is for."""

from __future__ import annotations

from typing import NamedTuple

from lambdaplanner.kinds import Size

AIM = 1.6
"""Width by height of a screen, and about that of a slide."""
LEAST, MOST = 0.82, 1.25
"""Of the aim: what is still well proportioned, 1.3 to 2.0 where the aim is 1.6."""
_GAIN = 1.15
"""What moves everything must be so much better."""
AROUND = Size(544, 186)

"""What there is beside VPCs in a picture: the Lambda service VPC, frame and title."""
OVER_REGION = 96
"""The internet over the region, where it is drawn."""
_ALIKE_GAP = 64


class Page(NamedTuple):
    """A picture's size with its margins."""

    width: float
    height: float

    @classmethod
    def of_alike(cls, size: Size, count: int, aim: float) -> Page:
        """The best picture of so many VPCs of a size; from three on, of four."""
        number = count if count < 3 else 4
        pages = [
            cls(
                AROUND.width + columns * (size.width + _ALIKE_GAP),
                AROUND.height + OVER_REGION + -(-number // columns) * (size.height + _ALIKE_GAP),
            )
            for columns in range(1, number + 1)
        ]
        return best(pages, aim)

    def area(self, aim: float) -> float:
        """The area of the smallest page of the wanted proportion around it."""
        return max(self.width**2 / aim, self.height**2 * aim)

    def fits(self, aim: float) -> bool:
        """Whether its proportion is about the wanted one."""
        return LEAST <= self.width / self.height / aim <= MOST

    def off(self, aim: float) -> float:
        """How far it is from fitting: 1 where it fits, 2 where it is twice as wide or high."""
        ratio = self.width / self.height / aim
        return max(1.0, LEAST / ratio, ratio / MOST)


def best(pages: list[Page], aim: float) -> Page:
    """The one that fits, or nearly does, with the least area."""
    return min(pages, key=lambda page: (page.off(aim), page.area(aim)))


def better(other: Page, present: Page, aim: float) -> bool:
    """Whether another page is so much better that everything may move for it."""
    if other.fits(aim) != present.fits(aim):
        return other.fits(aim)
    if not present.fits(aim):
        return other.off(aim) * _GAIN < present.off(aim)
    return other.area(aim) * _GAIN < present.area(aim)
