"""备份: everything in one sealed file, and back onto an empty machine, also onto the other database."""
