"""The Celery app. Messages only hurry what the database already says is due, so any of them may be lost."""

import os

from celery import Celery
from celery.signals import beat_init, worker_init
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("handraiser")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def refuse_owner(**_: object) -> None:
    """In production, ends a worker that connects to the database as its owner."""
    from core.actions import rights

    try:
        if settings.PRODUCTION:
            rights.refuse_owner()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error  # Celery logs any other error of a handler, and goes on
