"""The yardstick of `bench pages`: the base template with nothing in it, behind the same middleware."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

PLAIN_PAGE = "/plain/"


@login_not_required
def show_empty_page(request: HttpRequest) -> HttpResponse:
    """Render the header and the footer as the reader gets them on each page."""
    return render(request, "base.html")


urlpatterns = [path(PLAIN_PAGE.removeprefix("/"), show_empty_page), path("", include("config.urls"))]
