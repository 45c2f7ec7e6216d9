"""The bow: items of both sides on a day, what ties them, and the figures of it."""
