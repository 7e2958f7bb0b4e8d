"""The room `web.visitors`, an app so that its templates and static files are found."""

from django.apps import AppConfig


class VisitorsPagesConfig(AppConfig):
    """The app `web.visitors`; it has no models."""

    name = "web.visitors"
    label = "web_visitors"
