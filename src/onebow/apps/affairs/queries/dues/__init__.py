"""Who pays dues where, from what, and how much."""
