"""How much items and duties ask of people and branches, and what is over a ceiling."""
