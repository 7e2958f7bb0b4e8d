"""The Celery app. Pending work lives in the database, and messages only hurry it, so any of them may be lost."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("handraiser")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
