"""The Celery app. Messages only hurry what the database already says is due, so any of them may be lost."""

from celery import Celery

app = Celery("handraiser")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
