"""The request as our views see it."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from onebow.apps.accounts.models import User

if TYPE_CHECKING:

    class Request(HttpRequest):
        """A request of somebody who is signed in."""

        user: User
        htmx: HtmxDetails
        # `organizations.queries.reach.Reach`, which this floor does not know.
        reach: Any
        # What the frame of every page shows, looked up when it is.
        navigation: Any
        reads_href: Any
        help_href: Any
        posts_line: Any
else:
    Request = HttpRequest
