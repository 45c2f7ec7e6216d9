"""The regulations as data: the rule table, vote counting, and checks on the structure."""
