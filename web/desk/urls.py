"""Addresses of the review desk, below `/admin/desk/`."""

from django.urls import URLPattern, URLResolver, path

from web.desk import key_pages
from web.desk.run_urls import urlpatterns as run_patterns

app_name = "desk"

urlpatterns: list[URLPattern | URLResolver] = [
    path("keys/", key_pages.KeysPage.as_view(), name="keys"),
    *run_patterns,
]
