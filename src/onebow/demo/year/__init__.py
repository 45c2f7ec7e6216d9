"""The demonstration's year: packs, plans, meetings, items and registers, told through the product's services."""
