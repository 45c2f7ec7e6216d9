"""Figures of speed and size, measured on the machine at hand; `make bench` runs all of them."""
