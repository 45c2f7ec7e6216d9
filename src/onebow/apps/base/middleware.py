"""Every refusal becomes an answer; every write form counts once."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from onebow.apps.base.answers import page
from onebow.apps.base.models import Submission
from onebow.apps.base.refusals import Refused

Next = Callable[[HttpRequest], HttpResponse]


class RefusedMiddleware:
    """Turns `Refused` into a notice (htmx) or a page, both with status 422."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; any other error is not ours."""
        if not isinstance(error, Refused):
            return None
        response = page(
            request, "refused.html#notice", {"text": str(error), "lines": error.lines, "fresh": error.fresh}, status=422
        )
        if getattr(request, "htmx", False):
            return reswap(retarget(response, "#notices"), "innerHTML")
        return response


class OnceMiddleware:
    """A form sent twice (double click, reload, lost answer) is carried out once.

    The form's hidden `_once` key is stored in the transaction of the write itself, so that key and write
    stand or fall together.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        once = request.POST.get("_once", "").replace("\0", "")[:64] if request.method == "POST" else ""
        if not once:
            return self.get_response(request)
        user_id = getattr(request.user, "pk", None) or 0
        if earlier := Submission.objects.filter(key=once, user_id=user_id).first():
            return self._again(request, earlier.location)
        try:
            with transaction.atomic():
                submission = Submission.objects.create(key=once, user_id=user_id)
                response = self.get_response(request)
                if response.status_code >= 400:
                    transaction.set_rollback(True)
                elif getattr(response, "may_be_sent_again", False):
                    submission.delete()
                else:
                    submission.location = response.get("HX-Redirect") or response.get("Location") or request.path
                    submission.save(update_fields=["location"])
        except IntegrityError:
            earlier = Submission.objects.filter(key=once, user_id=user_id).first()
            if earlier is None:
                raise
            return self._again(request, earlier.location)
        return response

    def _again(self, request: HttpRequest, location: str) -> HttpResponse:
        if getattr(request, "htmx", False):
            return HttpResponseClientRedirect(location)
        return HttpResponseRedirect(location)
