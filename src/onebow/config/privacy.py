"""Keeps persons' numbers out of addresses, which end up in histories and in the logs of proxies."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from onebow.apps.organizations.identity import MISTYPED, holds_number, is_mistyped

Next = Callable[[HttpRequest], HttpResponse]
TOLD = "号码不能写在网址里,已经去掉。请在上方的搜索框里输入完整号码查找。"


class NumberMiddleware:
    """Answers an address that holds an identity or mobile number with the same address without it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        private = [key for key, values in request.GET.lists() if any(map(holds_number, values))]
        if not private or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        mistyped = any(is_mistyped(value) for key in private for value in request.GET.getlist(key))
        left = request.GET.copy()
        for key in private:
            del left[key]
        messages.warning(request, MISTYPED if mistyped else TOLD)
        return HttpResponseRedirect(f"{request.path}?{left.urlencode()}" if left else request.path)
