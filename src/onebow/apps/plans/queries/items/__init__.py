"""What a page of an item needs to know."""
