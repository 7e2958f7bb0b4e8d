"""The room `web.design`, an app so that its templates and static files are found."""

from django.apps import AppConfig
from django.forms import Field
from django.utils.translation import gettext_lazy


class DesignPagesConfig(AppConfig):
    """The app `web.design`; it has no models."""

    name = "web.design"
    label = "web_design"

    def ready(self) -> None:
        """Have an empty field say what to do, in the forms of libraries too."""
        Field.default_error_messages["required"] = gettext_lazy("This is empty. Fill it in.")
