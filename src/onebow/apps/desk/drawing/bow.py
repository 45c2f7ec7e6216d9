"""The bow: business along the string, Party along the limb, an arc for each tie; what is untied stands apart."""

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import Any

from onebow.apps.desk.drawing.limb import Limb
from onebow.apps.desk.drawing.nodes import SAID, TIED, UNTIED, Arc, Node, Picture, untangled
from onebow.apps.organizations.drawing import ink

ROW, PAD, HEAD, LEAST = 25.0, 44.0, 40.0, 190.0
DOT, MOST_DOT, GAP = 4.5, 9.0, 13.0
GREY, PALE, GREY_TEXT, PALE_TEXT = "#98a2b3", "#c5cdd8", "#566274", "#667085"
APART = {UNTIED: (GREY, GREY, GREY_TEXT), SAID: (PALE, ink.WHITE, PALE_TEXT)}
WORDS = {UNTIED: "未挂钩", SAID: "无需挂钩"}
BUSINESS, PARTY = "business", "party"


def bow_svg(picture: Picture, name: str, *, width: float = 1000.0) -> str:
    """The whole drawing; `name` is what a screen reader hears of it first."""
    limb, business, party = _strung(picture, width)
    parts = [_bow(limb, bool(business or party))]
    parts += [_arc(arc, business, party) for arc in picture.arcs]
    parts += [_node(node, spot, BUSINESS, limb.x, width) for node, spot in business.values()]
    parts += [_node(node, spot, PARTY, limb.x, width) for node, spot in party.values()]
    bottom = limb.top + limb.height + 12
    for standing in (UNTIED, SAID):
        drawn, bottom = _apart(picture, standing, limb, bottom, width)
        parts += drawn
    return ink.picture("".join(parts), (width, bottom), name, has_links=True)


Spot = tuple[float, float]
Placed = dict[str, tuple[Node, Spot]]


def _strung(picture: Picture, width: float) -> tuple[Limb, Placed, Placed]:
    """The bow with what is tied: business in its order, Party so that few arcs cross."""
    left = [node for node in picture.business if node.standing == TIED]
    right = [node for node in picture.party if node.standing == TIED]
    height = max(max(len(left), len(right)) * ROW + 2 * PAD, LEAST)
    limb = Limb(round(width * 0.4), 12.0, height, round(width * 0.2))
    right = untangled(right, picture.arcs, {node.key: place for place, node in enumerate(left)})
    left = untangled(left, picture.arcs, {node.key: place for place, node in enumerate(right)})
    rows = [_rows(len(side), limb) for side in (left, right)]
    business = {node.key: (node, (limb.x, y)) for node, y in zip(left, rows[0], strict=True)}
    party = {node.key: (node, (limb.at(y), y)) for node, y in zip(right, rows[1], strict=True)}
    return limb, business, party


def _rows(count: int, limb: Limb) -> list[float]:
    """Heights of so many rows, evenly along the bow but for its tips."""
    room = limb.height - 2 * PAD
    return [limb.top + PAD + room * (place + 0.5) / count for place in range(count)]


def _bow(limb: Limb, is_strung: bool) -> str:
    """Limb and string in the colours of the two sides; pale as long as nothing is tied."""
    middle, foot = limb.x + limb.depth, limb.top + limb.height
    shade = "".join(
        ink.tag("stop", offset=at, stop_color=colour) for at, colour in ((0.1, ink.BUSINESS), (0.9, ink.PARTY))
    )
    # In the picture's own measure: an arc between two equal heights has no box of its own.
    blend = ink.tag(
        "linearGradient", shade, id="bow-blend", gradientUnits="userSpaceOnUse", x1=limb.x, y1=0, x2=middle, y2=0
    )
    look: dict[str, Any] = {"fill": "none", "stroke_linecap": "round", "opacity": None if is_strung else 0.3}
    string = ink.tag("path", d=f"M{limb.x} {limb.top}V{foot}", stroke=ink.BUSINESS, stroke_width=2.4, **look)
    drawn = ink.tag("path", d=limb.outline, stroke=ink.PARTY, stroke_width=4, **look)
    words = [
        ink.label("业务事项 · 弦", limb.x - GAP, limb.top + 8, fill=ink.BUSINESS, text_anchor="end", font_weight=600),
        ink.label("弓 · 党建事项", middle - 2 * GAP, limb.top + 8, fill=ink.PARTY, font_weight=600),
    ]
    return ink.tag("defs", blend) + ink.tag(
        "g", drawn + string + "".join(words), class_="bow-frame", aria_hidden="true"
    )


def _arc(arc: Arc, business: Placed, party: Placed) -> str:
    """From the string to the limb."""
    (_, (x, y)), (_, (end_x, end_y)) = business[arc.business], party[arc.party]
    bend = (end_x - x) * 0.55
    return ink.tag(
        "path",
        ink.title(f"{party[arc.party][0].name} 服务保障 {business[arc.business][0].name}" + _times(arc)),
        d=f"M{x:.1f} {y:.1f}C{x + bend:.1f} {y:.1f} {end_x - bend:.1f} {end_y:.1f} {end_x:.1f} {end_y:.1f}",
        fill="none",
        stroke="url(#bow-blend)",
        stroke_width=round(min(1.1 + 0.9 * sqrt(arc.ties), 9), 1),
        stroke_linecap="round",
        opacity=0.5,
        class_="bow-arc",
        data_from=arc.party,
        data_to=arc.business,
    )


def _times(arc: Arc) -> str:
    return f",{arc.ties} 处" if arc.ties > 1 else ""


def _node(node: Node, spot: Spot, side: str, string: float, width: float) -> str:
    """A dot on the bow with its name outside."""
    x, y = spot
    colour = ink.BUSINESS if side == BUSINESS else ink.PARTY
    radius = min(DOT + 0.8 * (sqrt(node.count) - 1), MOST_DOT)
    dot = ink.tag("circle", cx=x, cy=y, r=radius, fill=colour, stroke=ink.WHITE, stroke_width=2)
    room = string - GAP - 4 if side == BUSINESS else width - x - GAP - 4
    return _link(node, dot + _name(node, (x, y), side, room, ink.INK), side)


def _name(node: Node, spot: Spot, side: str, room: float, colour: str) -> str:
    """The name, and behind it the note as far as there is room."""
    x, y = spot
    name = ink.fitted(node.name, room)
    rest = room - ink.width_of(name) - 8
    note = ink.fitted(node.note, rest, ink.SMALL) if node.note and rest > 3 * ink.SMALL else ""
    faint = ink.tag("tspan", ink.escape(note), font_size=ink.SMALL, fill=ink.SOFT, class_="bow-note") if note else ""
    parts = [ink.escape(name), f" {faint}" if side == PARTY else f"{faint} "]
    text = "".join(parts if side == PARTY else parts[::-1]) if faint else parts[0]
    anchor, shift = ("end", -GAP) if side == BUSINESS else ("start", GAP)
    return ink.tag(
        "text", text, x=x + shift, y=y + 4.5, text_anchor=anchor, font_size=ink.TEXT, fill=colour, class_="bow-name"
    )


def _link(node: Node, content: str, side: str) -> str:
    told = ink.title(node.tells or node.name)
    values = {"class_": f"bow-node is-{side} is-{node.standing}", "data_node": node.key}
    if node.href:
        return ink.tag("a", told + content, href=node.href, aria_label=node.tells or node.name, **values)
    return ink.tag("g", told + content, **values)


def _apart(picture: Picture, standing: str, limb: Limb, top: float, width: float) -> tuple[list[str], float]:
    """What stands beside the bow, in two columns under a line with its word; and where it ends."""
    left, right = (_of(side, standing) for side in (picture.business, picture.party))
    if not left and not right:
        return [], top
    centre = limb.x + limb.depth / 2
    count = len(left) + len(right)
    parts = [_heading(f"{WORDS[standing]} {count} {picture.unit}", centre, top + HEAD / 2, width)]
    for side, nodes, x in ((BUSINESS, left, limb.x), (PARTY, right, limb.x + limb.depth)):
        for place, node in enumerate(nodes):
            parts.append(_lone(node, (x, top + HEAD + ROW * (place + 0.5)), side, width))
    return parts, top + HEAD + ROW * max(len(left), len(right)) + 8


def _of(nodes: Iterable[Node], standing: str) -> Sequence[Node]:
    return [node for node in nodes if node.standing == standing]


def _heading(text: str, centre: float, y: float, width: float) -> str:
    """The word in the middle of a hairline."""
    half = ink.width_of(text, ink.SMALL) / 2 + 12
    line = ink.tag("path", d=f"M0 {y}H{centre - half:.0f}M{centre + half:.0f} {y}H{width:.0f}", stroke=ink.LINE)
    return line + ink.label(text, centre, y + 4, font_size=ink.SMALL, fill=GREY_TEXT, text_anchor="middle")


def _lone(node: Node, spot: Spot, side: str, width: float) -> str:
    line, fill, colour = APART[node.standing]
    x, y = spot
    dot = ink.tag("circle", cx=x, cy=y, r=DOT - 0.5, fill=fill, stroke=line, stroke_width=1.5)
    room = x - GAP - 4 if side == BUSINESS else width - x - GAP - 4
    return _link(node, dot + _name(node, spot, side, room, colour), side)
