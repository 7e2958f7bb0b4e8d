"""The room `web.design`, an app so that its templates and static files are found."""

from django.apps import AppConfig


class DesignPagesConfig(AppConfig):
    """The app `web.design`; it has no models."""

    name = "web.design"
    label = "web_design"
