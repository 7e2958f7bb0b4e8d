"""Clients that write all the time, and what each of them was told."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from itertools import count, cycle, product
from typing import Self

from django.utils import timezone

from campaigns.models import Campaign, Member
from core.models import Skill, User
from drills.day.clocks import find_manager
from drills.day.sign_ups import CODE_SENT, SIGN_UP, TAKEN_ALREADY, VERIFY, SignUps
from drills.site import Answer, Site
from drills.tokens import create_drill_token
from matching.models import Match, Veto
from volunteers.models import Volunteer

SECONDS_BETWEEN_WRITES = 0.6  # an account may write 120 times a minute
MAX_RETRY_SECONDS, GIVE_UP_SECONDS = 2.0, 90.0
LOST_ANSWERS = 0.1  # the part of the POSTs whose client goes before the answer comes, and asks again
SETTINGS_USERS, DRAFTS_PER_CAMPAIGN = 30, 12
CREATED = 201
Write = tuple[str, str, str, str, dict[str, object]]
"""A method, a path, a token, what is remembered of it, and a body."""


class Load(AbstractContextManager["Load"]):
    """Five clients in threads. Four repeat a write with its key until it is answered; one signs people up."""

    def __init__(self, site: Site, rng: random.Random, threads: Sequence[Match]) -> None:
        self._site, self._rng = site, rng
        self.languages: dict[str, str] = {}
        self.drafts: list[str] = []
        self.messages: list[str] = []
        self.vetoes: list[str] = []
        self.sign_ups = SignUps(site, self._count)
        self.unanswered: list[str] = []
        self.statuses: Counter[int] = Counter()
        self.bad_answers: list[str] = []
        self._is_over = threading.Event()
        writers: list[tuple[Iterator[Write], Callable[[str, Answer], None]]] = [
            (change_settings(), self._keep_language),
            (draft_requests(), lambda text, _answer: self.drafts.append(text)),
            (write_messages(threads), lambda text, _answer: self.messages.append(text)),
            (rule_out(), lambda _text, answer: self.vetoes.append(str(answer.json["id"]))),
        ]
        self._threads = [threading.Thread(target=self._write_all, args=writer) for writer in writers]
        self._threads.append(threading.Thread(target=self.sign_ups.run, args=[self._is_over]))

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *why: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _write_all(self, writes: Iterator[Write], keep: Callable[[str, Answer], None]) -> None:
        for number, (method, path, token, text, body) in enumerate(writes):
            key = f"{path}-{number}"[-100:] if method == "POST" else ""
            if key and self._rng.random() < LOST_ANSWERS:
                self._site.ask_and_leave(method, path, token, key, **body)
            answer = self._repeat_until_answered(method, path, token, key, body)
            if answer is None:
                self.unanswered.append(text)
            elif answer.status in (200, CREATED):
                keep(text, answer)
            if self._is_over.wait(SECONDS_BETWEEN_WRITES * (0.5 + self._rng.random())):
                return

    def _repeat_until_answered(
        self, method: str, path: str, token: str, key: str, body: dict[str, object]
    ) -> Answer | None:
        began = time.monotonic()
        while time.monotonic() - began < GIVE_UP_SECONDS:
            answer = self._site.ask(method, path, token, key, session="", **body)
            self._count(path, answer)
            if answer.status and answer.status < 500:
                return answer
            time.sleep(min(float(answer.headers.get("Retry-After", 0.5)), MAX_RETRY_SECONDS))
        return None

    def _count(self, path: str, answer: Answer) -> None:
        self.statuses[answer.status] += 1
        expected = {0, 200, CREATED} | {SIGN_UP: {CODE_SENT}, VERIFY: {TAKEN_ALREADY}}.get(path, set())
        if answer.status not in expected and not (answer.status == 503 and answer.headers.get("Retry-After")):
            self.bad_answers.append(f"{path}: {answer.status} {answer.body[:200]!r}")

    def _keep_language(self, text: str, _answer: Answer) -> None:
        email, language = text.split()
        self.languages[email] = language


def change_settings() -> Iterator[Write]:
    """Yield changes of the language of accounts."""
    users = list(User.objects.filter(is_staff=False, is_active=True).order_by("pk")[:SETTINGS_USERS])
    people = [(user.email, create_drill_token(user)) for user in users]
    for language, (email, token) in zip(cycle(("es", "en", "es")), cycle(people), strict=False):
        yield "PATCH", "/api/v1/me", token, f"{email} {language}", {"language": language}


def draft_requests() -> Iterator[Write]:
    """Yield drafts of requests, of each verified campaign in turn."""
    managers = Member.objects.filter(position=Member.Position.MANAGER, campaign__state="verified")
    tokens: dict[str, str] = {}
    for member in managers.select_related("user", "campaign").order_by("campaign", "pk"):
        tokens.setdefault(str(member.campaign.public_id), create_drill_token(member.user))
    today = timezone.now().date()
    days = {"starts_on": str(today + timedelta(days=7)), "ends_on": str(today + timedelta(days=21))}
    skill = Skill.objects.exclude(parent=None).order_by("pk")[0].code
    roles = [{"name": "One", "skill": skill, "hours_per_week": 2}]
    for number, (campaign, token) in zip(range(DRAFTS_PER_CAMPAIGN * len(tokens)), cycle(tokens.items())):
        title = f"Drill draft {number}"
        yield (
            "POST",
            "/api/v1/requests",
            token,
            title,
            {"campaign": campaign, "title": title, **days, "roles": roles},
        )


def write_messages(threads: Sequence[Match]) -> Iterator[Write]:
    """Yield messages of both sides of these matches."""
    authors = []
    for match in threads:
        user = match.volunteer.user
        assert user is not None
        path = f"{match.public_id}/messages"
        authors.append((f"/api/v1/me/matches/{path}", create_drill_token(user)))
        authors.append((f"/api/v1/placements/{path}", create_drill_token(find_manager(match))))
    for number, (path, token) in zip(count(), cycle(authors)):
        text = f"Drill message {number}"
        yield "POST", path, token, text, {"text": text}


def rule_out() -> Iterator[Write]:
    """Yield vetoes of pairs that have none."""
    token = create_drill_token(User.objects.filter(is_staff=True, is_active=True).order_by("pk")[0])
    taken = set(Veto.objects.values_list("volunteer__public_id", "campaign__public_id"))
    idle = Volunteer.objects.exclude(pk__in=Match.objects.values("volunteer")).filter(user__isnull=False)
    volunteers = list(idle.order_by("-pk").values_list("public_id", flat=True))
    campaigns = list(Campaign.objects.values_list("public_id", flat=True))
    for volunteer, campaign in product(volunteers, campaigns):
        if (volunteer, campaign) not in taken:
            body: dict[str, object] = {"volunteer": str(volunteer), "campaign": str(campaign), "reason": "A drill."}
            yield "POST", "/api/v1/vetoes", token, f"{volunteer} {campaign}", body
