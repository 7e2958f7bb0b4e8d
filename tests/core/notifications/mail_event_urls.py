"""All addresses, with that of the events of a mail service."""

from django.urls import include, path

from config.urls import urlpatterns as all_paths
from core.notifications.mail_events import list_mail_event_paths

urlpatterns = [
    *all_paths,
    path("mail/events/", include(list_mail_event_paths("postmark", {"WEBHOOK_SECRET": "any"}))),
]
