"""The papers of a plan as plain data: nothing is typed that the product knows."""
