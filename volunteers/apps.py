"""Volunteers: their skills, their availability, and the campaigns that they would work for."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """The app `volunteers`."""

    name = "volunteers"
