"""Lists of items as offices keep them: columns by their heads, days as they are written. Knows no database."""
