"""Campaign staff in their browsers, and the addresses of the pages about one person."""

from datetime import datetime

from django.test import Client
from django.urls import reverse

from campaigns.models import Campaign, Member
from core.models import User
from matching.models import Match
from tests.cast import create_user, sign_in_browser

PERSON_PAGES = (
    "campaign-person",
    "campaign-person-decline",
    "campaign-person-messages",
    "campaign-person-checklist",
    "campaign-person-report",
    "campaign-person-done",
    "campaign-person-release",
    "campaign-person-complete",
)


def open_browser(user: User) -> Client:
    client = Client()
    sign_in_browser(client, user)
    return client


def add_member(campaign: Campaign, name: str, position: str, at: datetime) -> User:
    user = create_user(name)
    Member.objects.create(campaign=campaign, user=user, position=position, since=at)
    return user


def find_page(match: Match, page: str = "campaign-person") -> str:
    return reverse(page, args=[match.request.campaign.public_id, match.public_id])


def find_desk(campaign: Campaign) -> str:
    return reverse("campaign-desk", args=[campaign.public_id])


KEY = {"form_key": "one-key-of-a-form"}


def read(client: Client, match: Match, page: str = "campaign-person", status: int = 200) -> str:
    answer = client.get(find_page(match, page))
    assert answer.status_code == status
    return answer.content.decode()


def send(client: Client, match: Match, page: str = "campaign-person", **typed: object) -> str:
    sent = {"version": Match.objects.get(pk=match.pk).version} | typed
    return client.post(find_page(match, page), sent, follow=True).content.decode()
