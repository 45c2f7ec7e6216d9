"""The app."""

from django.apps import AppConfig

from onebow.apps.base.guards import register


class OrganizationsConfig(AppConfig):
    """组织."""

    name = "onebow.apps.organizations"

    def ready(self) -> None:
        """Keep the administrators apart in the database too."""
        from onebow.apps.organizations.guards import guards

        register(self.label, guards)
