"""The front page and the whole list of what waits, in the bureau's year, as those read it who sign in."""

import sys

from django.test import Client

from benchmarks.timing import HEAD, tell
from onebow.apps.accounts.models import User

READERS = ("officer", "committee", "secretary", "member")
PAGES = {"工作台": "/", "全部待办": "/todo/", "全部待办·已超期的业务": "/todo/?side=business&late=1"}
BACKEND = "django.contrib.auth.backends.ModelBackend"


def main() -> None:
    """Print a table; ends with 1 if a page is over budget."""
    print(f"\ndesk\n{HEAD}")
    good = True
    for name in READERS:
        client = Client(HTTP_HOST="localhost")
        client.force_login(User.objects.get(username=name), backend=BACKEND)
        good &= tell(client, {f"{title}({name})": address for title, address in PAGES.items()})
    sys.exit(not good)


main()
