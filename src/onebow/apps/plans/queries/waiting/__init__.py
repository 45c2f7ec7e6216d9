"""What waits for somebody, as lines of the front page."""
