"""Contests, candidates, their campaigns, and the campaigns' requests."""

from typing import Any

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """The app `campaigns`."""

    name = "campaigns"

    def ready(self) -> None:
        """Connect the receiver of allauth's signal."""
        from allauth.account.signals import email_removed

        email_removed.connect(_keep_part_of_candidate, dispatch_uid="campaigns.keep_part_of_candidate")


def _keep_part_of_candidate(*, user: Any, email_address: Any, **_: object) -> None:
    """Keep the part in a contest that an address gives when its owner removes it from the account."""
    from campaigns.actions.candidate_links import remember_candidate

    if email_address.verified:
        remember_candidate(user, email_address.email)
