"""How a user is told: channels, preferences, planning, sending."""
