"""Lists as offices keep them, read without the database."""
