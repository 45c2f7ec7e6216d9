"""Hours of people and requests of branches, over items, duties and meetings together."""
