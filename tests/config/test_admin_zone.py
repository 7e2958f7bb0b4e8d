"""Each page of the admin names the zone of its times."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast


@pytest.mark.parametrize("page", ["index", "list", "row", "question"])
def test_every_kind_of_page_names_its_zone_once(cast: Cast, reviewer_client: Client, page: str) -> None:
    campaign = "admin:campaigns_campaign_"
    addresses = {
        "index": reverse("admin:index"),
        "list": reverse(f"{campaign}changelist"),
        "row": reverse(f"{campaign}change", args=[cast.campaign.pk]),
        "question": reverse(f"{campaign}end", args=[cast.campaign.pk]),
    }

    shown = reviewer_client.get(addresses[page]).content.decode()

    assert shown.count("Times without a zone are in UTC.") == 1
