"""The admin app with our own site."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core.checks import CheckMessage, Tags, register

from core.model_labels import translate_model_labels


class HandraiserAdminConfig(SimpleAdminConfig):
    """Django's admin with our own site; its pages are imported with the URLs, because a worker needs none of them."""

    default_site = "config.admin_site.ReviewerAdminSite"

    def ready(self) -> None:
        """Register the checks of the admin and translate what it shows of models."""
        translate_model_labels()
        register(check_dependencies, Tags.admin)
        register(_check_admin_pages, Tags.admin)


def _check_admin_pages(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    import_module(settings.ROOT_URLCONF)
    return list(check_admin_app(app_configs, **kwargs))
