"""Pages that gather from all apps below."""
