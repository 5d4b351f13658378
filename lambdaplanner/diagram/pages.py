"""How well a size fits the page that a picture is for."""

from __future__ import annotations

from typing import NamedTuple

from lambdaplanner.kinds import Size

AIM = 1.6
"""Width by height of a screen, and about that of a slide."""
_LEAST, _MOST = 0.82, 1.25
"""Of the aim: what is still well proportioned, 1.3 to 2.0 where the aim is 1.6."""
_GAIN = 1.15
"""What moves everything must be so much better."""
AROUND = Size(552, 276)
"""What there is beside VPCs in a picture: the Lambda service VPC, the internet, frame, title."""
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
                AROUND.height + -(-number // columns) * (size.height + _ALIKE_GAP),
            )
            for columns in range(1, number + 1)
        ]
        return best(pages, aim)

    def area(self, aim: float) -> float:
        """The area of the smallest page of the wanted proportion around it."""
        return max(self.width**2 / aim, self.height**2 * aim)

    def fits(self, aim: float) -> bool:
        """Whether its proportion is about the wanted one."""
        return _LEAST <= self.width / self.height / aim <= _MOST


def best(pages: list[Page], aim: float) -> Page:
    """The one that fits with the least area; of none that fits, the least area."""
    return min(pages, key=lambda page: (not page.fits(aim), page.area(aim)))


def better(other: Page, present: Page, aim: float) -> bool:
    """Whether another page is so much better that everything may move for it."""
    if other.fits(aim) != present.fits(aim):
        return other.fits(aim)
    return other.area(aim) * _GAIN < present.area(aim)
