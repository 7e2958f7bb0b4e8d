"""Modules of one name in the `api` package of each app, which add to the API's document."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps


def list_app_modules(name: str) -> Iterator[Any]:
    """Yield the module `api.{name}` of each app that has one."""
    for config in apps.get_app_configs():
        package, path = find_spec(f"{config.name}.api"), f"{config.name}.api.{name}"
        if package is not None and package.submodule_search_locations and find_spec(path):
            yield import_module(path)
