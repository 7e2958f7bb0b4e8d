"""The Celery app. Messages only hurry what the database already says is due, so any of them may be lost."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("handraiser")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
