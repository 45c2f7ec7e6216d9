"""驾驶舱: a subtree on one page."""
