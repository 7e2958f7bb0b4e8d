"""The fictional data set and the report of `./run demo`. Never installed in production."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Configuration of the demo app."""

    name = "demo"
