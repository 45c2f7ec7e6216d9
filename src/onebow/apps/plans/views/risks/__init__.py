"""廉政风险点: the list, a point, and what is done to it."""
