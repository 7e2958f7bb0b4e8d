"""Nothing that was typed is lost, and a double click is one submission: on every page with a form."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from campaigns.actions.requests import draft_request
from campaigns.draft_rules import RequestDraft
from campaigns.models import Campaign
from core.models import FormKey, User
from matching.rules.states import MatchState
from tests.cast import Cast, sign_in_browser
from tests.web.campaigns import incidents, member_states, request_states
from tests.web.every_page import undone
from tests.web.page_addresses import make_campaign_address, make_never_address, make_veto_address
from tests.web.stored_rows import list_changed_tables, read_stored_rows
from tests.web.volunteers import board_states, desk_states, offer_states, project_states
from web.design.form_pages import FormPage


@dataclass(frozen=True, slots=True)
class FormCase:
    """A form that its reader may send; `typed` is what they type and choose in it."""

    route: str
    reader: str
    make: Callable[[Cast, datetime], str]
    typed: dict[str, Any] = field(default_factory=dict)


def at_address(address: str) -> Callable[[Cast, datetime], str]:
    return lambda cast, at: address


def make_paused_back(cast: Cast, at: datetime) -> str:
    desk_states.make_desk_of_paused(cast, at)
    return "/me/back/"


def make_rest(cast: Cast, at: datetime) -> str:
    desk_states.make_desk_of_resting(cast, at)
    return "/me/rest/"


def make_tick(cast: Cast, at: datetime) -> str:
    return project_states.make_active(cast, at) + "list/"


def make_plan(cast: Cast, at: datetime) -> str:
    draft = RequestDraft(title="Texts", playbook="texting", starts_on=at.date())
    request = draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=at)
    return reverse("campaign-publish", args=[cast.campaign.public_id, request.public_id])


def make_change(cast: Cast, at: datetime) -> str:
    return reverse("campaign-change", args=[cast.campaign.public_id, cast.request.public_id])


def make_candidate_told(cast: Cast, at: datetime) -> str:
    return reverse("campaign-candidate-told", args=[cast.campaign.public_id])


def make_filing(cast: Cast, at: datetime) -> str:
    return reverse("campaign-filing-page", args=[cast.campaign.public_id])


def make_names(cast: Cast, at: datetime) -> str:
    Campaign.objects.update(state="unverified", verified_at=None, verified_by=None)
    return reverse("campaign-names", args=[cast.campaign.public_id])


def about_alice(page: str, state: MatchState, **typed: str) -> FormCase:
    return FormCase(page, "carol", make_campaign_address(page, state), typed)


WEEK = {"max_hours_per_week": "2", "windows": ["0-evening", "5-daytime"], "time_zone": "Asia/Kathmandu"}
DETAILS = {"first_name": "Ali", "max_projects": "2", "languages": ["en", "es"], "contact": "ali on Signal"}
DETAILS |= {"may_make_decisions": "yes", "job_restricts": "no"}
REPORT = {"kind": "conduct", "text": "He shouts."}
NEW_ROLE: dict[str, Any] = {
    "skill": "copywriting",
    "name": "Writer",
    "tasks": "Writes.",
    "hours_per_week": "2",
    "level": "3",
}
NEW_ROLE |= {"seat_count": "2", "languages": ["en", "es"]}
HACKED: dict[str, Any] = {"kind": ["files", "money"], "since": "unknown", "contact": "+1 503 555 0166"}

FORMS = [
    FormCase("volunteer-hours-still-right", "alice", at_address("/me/still-right/")),
    FormCase("volunteer-waive-rest", "alice", make_rest),
    FormCase("volunteer-come-back", "alice", make_paused_back),
    FormCase("volunteer-level-question", "alice", desk_states.make_level_question, {"level": "2"}),
    FormCase("volunteer-offer", "alice", offer_states.make_offer, {"note": "A line to them"}),
    FormCase("volunteer-decline", "alice", offer_states.make_no, {"reason": "time", "max_hours_per_week": "2"}),
    FormCase("volunteer-messages", "alice", project_states.make_empty_messages, {"text": "A long letter"}),
    FormCase("volunteer-withdraw", "alice", project_states.make_way_out, {"reason": "time", "note": "So long"}),
    FormCase("volunteer-report", "alice", project_states.make_report, REPORT),
    FormCase("volunteer-handed-over", "alice", project_states.make_hand_over),
    FormCase("interest-withdraw", "alice", board_states.show_take_back),
    FormCase("my-skills", "alice", at_address("/me/skills/"), {"card": ["front-end"], "level_front-end": "2"}),
    FormCase("my-wishes", "alice", at_address("/me/wishes/"), {"levels": ["state"], "restrict_to_levels": "on"}),
    FormCase("my-details", "alice", at_address("/me/about/"), DETAILS),
    FormCase("my-on-call", "alice", at_address("/me/on-call/")),
    FormCase("my-leave-page", "alice", at_address("/me/leave/")),
    FormCase("my-veto-lift", "alice", make_veto_address),
    FormCase("volunteer-never", "alice", make_never_address),
    FormCase("my-week", "alice", at_address("/me/week/"), WEEK),
    FormCase("my-pause", "alice", at_address("/me/week/pause/")),
    FormCase("my-time-off", "alice", at_address("/me/time-off/"), {"starts_on": "2026-04-01", "ends_on": "2026-04-03"}),
    FormCase("account-letters", "alice", at_address("/account/letters/"), {"topics": ["offers", "messages"]}),
    FormCase("account-name", "alice", at_address("/account/name/"), {"first_name": "Ali"}),
    FormCase("campaign-publish", "carol", make_plan),
    FormCase(
        "campaign-change",
        "carol",
        make_change,
        {
            **{"title": "A site", "summary": "People find us.", "starts_on": "2026-03-16", "ends_on": "2026-05-01"},
            **{"work_0_days": ["0", "2"], "work_0_from": "18:15", "work_0_to": "21:00"},
        },
    ),
    FormCase("hacked-report", "carol", incidents.make_report_form, HACKED),
    FormCase("hacked-sign-out", "carol", incidents.make_sign_out),
    FormCase("incident-false-alarm", "carol", incidents.make_false_alarm),
    FormCase(
        "campaign-role",
        "carol",
        request_states.make_free_role,
        {"name": "Site", "tasks": "Builds it.", "hours_per_week": "3", "level": "2", "seat_count": "2"}
        | {"languages": ["en", "es"]},
    ),
    FormCase("campaign-role-add", "carol", request_states.make_addition, NEW_ROLE),
    FormCase("campaign-role-close", "carol", request_states.make_end_of_empty_role),
    FormCase("campaign-request-close", "carol", request_states.make_page_of("campaign-request-close")),
    FormCase(
        "campaign-request-cancel",
        "carol",
        request_states.make_page_of("campaign-request-cancel"),
        {"reason": "too_slow"},
    ),
    FormCase("campaign-candidate-told", "carol", make_candidate_told),
    FormCase("campaign-names", "carol", make_names, {"candidate": "Kim Doh", "name": "Doh for all"}),
    FormCase("campaign-filing-page", "carol", make_filing, {"safe_phone": "+1 503 555 0199"}),
    FormCase(
        "campaign-members-page", "carol", member_states.make_members, {"email": "erin@example.org", "position": "staff"}
    ),
    FormCase("campaign-member-position", "carol", member_states.make_position, {"position": "treasurer"}),
    FormCase("campaign-member-end", "carol", member_states.make_end),
    FormCase("campaign-leave-page", "carol", member_states.make_leave),
    FormCase("campaign-invitation-take-back", "carol", member_states.make_take_back),
    about_alice("campaign-person", MatchState.ACCEPTED),
    about_alice("campaign-person-decline", MatchState.ACCEPTED, reason="level"),
    about_alice("campaign-person-messages", MatchState.ACTIVE, text="A long letter"),
    about_alice("campaign-person-report", MatchState.ACTIVE, **REPORT),
    about_alice("campaign-person-done", MatchState.ACTIVE),
    about_alice("campaign-person-release", MatchState.ACTIVE, reason="time"),
    about_alice("campaign-person-complete", MatchState.CLOSING),
]

TESTED_ELSEWHERE = {
    "start-under-18-sure",
    # Its answer shows a secret once, so it leads nowhere: tests/web/volunteers/test_profile_pages.py.
    "my-calendar",
    # A visitor may press its button, too: tests/web/volunteers/test_open_role_pages.py.
    "open-role",
    # One tap each, on a page with other forms; nothing is typed.
    *("volunteer-tick", "campaign-person-checklist", "campaign-request"),
    # The first visit has drafts of its own: tests/web/volunteers/test_start_pages.py.
    *("start-skills", "start-when", "start-fits", "start-code", "start-you"),
    # So has a plan: tests/web/campaigns/test_plan_pages.py.
    *("plan-outcome", "plan-closest", "plan-role", "plan-project", "plan-email", "plan-code", "plan-choice"),
    *("plan-race", "plan-race-typed", "plan-campaign"),
    # The candidate has no session to lose: tests/web/campaigns/test_candidate_pages.py.
    *("candidate-no", "candidate-end-manager"),
    # Behind a link of a letter, with nothing to type but codes and passwords, which are never kept.
    *("join", "invited", "invited-code", "candidate", "invitation", "recovery-stop", "my-data-page"),
    # Nothing is typed, and it signs out: tests/core/privacy/test_erasure_request.py.
    "sign-in-again",
}


class FieldReader(HTMLParser):
    """Reads what each field of a page holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.held: dict[str, list[str]] = {}
        self._name = ""
        self._text: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "input":
            is_choice = found.get("type") in ("radio", "checkbox")
            if "name" in found and (not is_choice or "checked" in found):
                self._hold(found["name"], found.get("value", "on" if is_choice else ""))
        elif tag in ("select", "textarea"):
            self._name, self._text = found.get("name", ""), "" if tag == "textarea" else None
        elif tag == "option" and "selected" in found:
            self._hold(self._name, found.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._hold(self._name, (self._text or "").removeprefix("\n").removeprefix("\r\n"))
            self._text = None

    def _hold(self, name: str, value: str) -> None:
        self.held.setdefault(name, []).append(value)


def read_fields(page: Any) -> dict[str, list[str]]:
    return FieldReader(page.content.decode().partition("<main")[2]).held


def sign_in(client: Client, reader: str) -> None:
    sign_in_browser(client, User.objects.get(email=f"{reader}@example.org"))


def open_and_fill(client: Client, case: FormCase, address: str) -> dict[str, Any]:
    """Return what the browser sends: the hidden fields of the page, and what was typed."""
    page = client.get(address)
    assert page.status_code == 200, case.route
    held = read_fields(page)
    return {name: held[name][0] for name in ("form_key", "form_owner", "version", "told") if name in held} | case.typed


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case.route)
def test_what_was_typed_is_there_after_a_session_ended_and_nothing_is_done(
    cast: Cast, now: datetime, case: FormCase
) -> None:
    address, client = case.make(cast, now), Client()
    sign_in(client, case.reader)
    sent = open_and_fill(client, case, address)
    del client.cookies["sessionid"]
    before = read_stored_rows()

    away = client.post(address, sent)

    assert away.status_code == 302
    [back] = parse_qs(urlsplit(away["Location"]).query)["next"]
    assert back.partition("?")[0] == address
    assert list_changed_tables(before) == set()
    sign_in(client, case.reader)
    page = client.get(back)
    assert page.status_code == 200
    held = read_fields(page)
    for name, value in case.typed.items():
        assert sorted(held.get(name, [])) == sorted(value if isinstance(value, list) else [value]), name
    assert "Error:" not in page.content.decode()
    assert not case.typed or "Nothing was sent yet." in page.content.decode()


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case.route)
def test_a_double_click_is_one_submission(cast: Cast, now: datetime, case: FormCase) -> None:
    address, client = case.make(cast, now), Client()
    sign_in(client, case.reader)
    sent = open_and_fill(client, case, address)
    before = read_stored_rows()

    first = client.post(address, sent)
    changed, after = list_changed_tables(before), read_stored_rows()
    second = client.post(address, sent)

    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert FormKey._meta.db_table in changed
    assert list_changed_tables(after) == set()


def test_a_text_that_is_too_long_stays_in_its_field(cast: Cast, now: datetime) -> None:
    for case in FORMS:
        texts = [name for name in ("text", "note") if name in case.typed]
        for name in texts:
            with undone():
                address, client = case.make(cast, now), Client()
                sign_in(client, case.reader)
                sent = open_and_fill(client, case, address) | {name: "word " * 2000}
                page = client.post(address, sent)
                assert page.status_code == 400, case.route
                held = read_fields(page)
                assert held[name] == ["word " * 2000], case.route
                for other, value in case.typed.items():
                    if other != name:
                        assert held[other] == [value], case.route


def test_every_page_with_a_form_is_tried() -> None:
    routes = set(_list_form_pages(get_resolver()))

    assert routes == {case.route for case in FORMS} | TESTED_ELSEWHERE


def _list_form_pages(resolver: URLResolver) -> list[str]:
    found = []
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            found.extend(_list_form_pages(each))
        else:
            view = getattr(each.callback, "view_class", None)
            if view and issubclass(view, FormPage):
                found.append(each.name or "")
    return found
