"""The reform of M5 carried out on the demonstration bureau, and what is checked of it."""
