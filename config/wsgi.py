"""The WSGI application that gunicorn serves."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.unread_bodies import close_after_unread_body

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("HANDRAISER_PROCESS", "web")

application = close_after_unread_body(get_wsgi_application())

# What is loaded for good is not searched for garbage: a full search takes as long as a small answer.
gc.collect()
gc.freeze()

if settings.PRODUCTION:
    from core.database_rights import refuse_owner_role

    refuse_owner_role()
