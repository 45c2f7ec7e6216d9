"""Plain facts of checks, which queries find and rules look at."""
