"""Our admin site in place of Django's."""

from django.contrib.admin.apps import AdminConfig


class HandraiserAdminConfig(AdminConfig):
    """Django's admin, served by our own site object."""

    default_site = "config.admin_site.ReviewSite"
