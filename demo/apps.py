"""The invented data set and the report of `./run demo`. Never installed in production."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The app `demo`."""

    name = "demo"
