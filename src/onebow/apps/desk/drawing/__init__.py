"""Pictures of the desk as SVG: plain data in, text out; no script, no style sheet needed to read them."""

from onebow.apps.desk.drawing.bars import bars_svg
from onebow.apps.desk.drawing.bow import bow_svg
from onebow.apps.desk.drawing.nodes import Arc, Node, Picture
from onebow.apps.desk.drawing.strip import strip_svg

__all__ = ["Arc", "Node", "Picture", "bars_svg", "bow_svg", "strip_svg"]
