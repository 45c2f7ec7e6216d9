"""Years to choose from."""

from django.http import HttpRequest

from onebow.apps.base.dates import as_of

# So many years are offered; others are asked for in the address.
BACK = 3


def year_tabs(request: HttpRequest, year: int) -> list[tuple[str, str, bool]]:
    """Years to choose from, the latest first, each as a link of this page."""
    when = as_of(request)
    query = "" if when.is_today else f"&on={when.on.isoformat()}"
    offered = [when.on.year - back for back in range(BACK)]
    return [(f"{one} 年", f"{request.path}?year={one}{query}", one == year) for one in offered]
