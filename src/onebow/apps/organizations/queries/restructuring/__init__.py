"""Reading plans of restructuring."""
