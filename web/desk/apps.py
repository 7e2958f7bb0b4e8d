"""The room `web.desk`, an app so that its templates and static files are found."""

from django.apps import AppConfig


class ReviewDeskConfig(AppConfig):
    """The app `web.desk`: pages of reviewers on the admin site. It has no models."""

    name = "web.desk"
    label = "web_desk"
