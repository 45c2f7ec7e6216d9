"""Pages about people and the two trees."""
