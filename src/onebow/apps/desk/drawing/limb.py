"""The shape of the bow: that of the product's sign, stood upright, its string to the left and its limb to the right."""

from dataclasses import dataclass

# Control points of the first half of the limb: how far along the string, and how far out (both 0 to 1).
# The other half mirrors it.
ALONG = (0.0, 0.092, 0.25, 0.5)
OUT = (0.0, 0.6, 1.0, 1.0)


def out_at(along: float) -> float:
    """How far out the limb is (0 to 1) at a place along the string (0 to 1).

    >>> out_at(0), out_at(0.5), round(out_at(0.25), 2) == round(out_at(0.75), 2)
    (0.0, 1.0, True)
    """
    place = min(along, 1 - along)
    if place <= 0:
        return 0.0
    low, high = 0.0, 1.0
    # How far along grows with the parameter: halving finds it.
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if _bezier(ALONG, middle) < place else (low, middle)
    return 1.0 if place == 0.5 else _bezier(OUT, low)


def _bezier(points: tuple[float, float, float, float], at: float) -> float:
    first, second, third, last = points
    rest = 1 - at
    return rest**3 * first + 3 * rest**2 * at * second + 3 * rest * at**2 * third + at**3 * last


@dataclass(frozen=True, slots=True)
class Limb:
    """A bow in the picture: where its string stands, from where to where it goes, how deep it is."""

    x: float
    top: float
    height: float
    depth: float

    def at(self, y: float) -> float:
        """Where the limb is at this height."""
        return self.x + self.depth * out_at((y - self.top) / self.height)

    @property
    def outline(self) -> str:
        """The limb as a path, from tip to tip."""
        points = [
            (self.x + self.depth * out, self.top + self.height * along) for along, out in zip(ALONG, OUT, strict=True)
        ]
        back = [(x, 2 * self.top + self.height - y) for x, y in points[::-1][1:]]
        start, *rest = [f"{x:.1f} {y:.1f}" for x, y in (*points, *back)]
        return f"M{start}C{' '.join(rest)}"
