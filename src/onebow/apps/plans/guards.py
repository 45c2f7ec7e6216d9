"""Triggers that keep Party organizations from owning business work, whatever program writes to the database."""

from onebow.apps.base.guards import Guard

ITEMS, ORGANIZATIONS = "plans_item", "organizations_organization"
NO_BUSINESS = "a Party organization owns no business item"
PARTY = "SELECT 1 FROM organizations_organization o WHERE o.id = NEW.organization_id AND o.tree = 'party'"
OWNED = "SELECT 1 FROM plans_item i WHERE i.organization_id = NEW.id AND i.side = 'business'"


def guards(_: str) -> list[Guard]:
    """All guards, with conditions that both databases read."""
    owned = f"NEW.side = 'business' AND EXISTS ({PARTY})"
    turned = f"NEW.tree = 'party' AND OLD.tree <> 'party' AND EXISTS ({OWNED})"
    columns = ("side", "organization_id")
    needs = (ORGANIZATIONS,)
    return [
        Guard("guard_item_owner_new", ITEMS, "INSERT", NO_BUSINESS, owned, needs=needs),
        Guard("guard_item_owner_change", ITEMS, "UPDATE", NO_BUSINESS, owned, columns=columns, needs=needs),
        Guard("guard_owner_tree", ORGANIZATIONS, "UPDATE", NO_BUSINESS, turned, columns=("tree",), needs=(ITEMS,)),
    ]
