"""Pages of duties: the matrix, a duty with its terms, an occurrence, an organization's year, working days."""
