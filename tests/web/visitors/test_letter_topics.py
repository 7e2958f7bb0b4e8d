"""Each kind of letter is stopped under the words by which the page of letters lists it."""

import re
from datetime import datetime

import pytest
from django.test import Client

from core.accounts.notice_types import AccountNotice
from core.enums import NoticeTopic
from core.models import Notice
from core.notifications.mail import build_notice_mail
from core.notifications.notice_types import RenderedNotice, list_notice_types
from core.notifications.outbox import enqueue_notice
from tests.cast import Cast, sign_in_browser
from tests.web.volunteers.reading import read_text
from web.visitors.letter_topics import TOPIC_WORDS, describe_topics

# What the letters of each topic speak of, in the words of the page of letters, and their kinds: those that come at
# once, and those that wait for the daily letter.
LISTED: dict[NoticeTopic, list[tuple[str, set[str], set[str]]]] = {
    NoticeTopic.OFFERS: [
        ("An offer", {"offer", "offer-reminder", "offer-changed"}, set()),
        ("a person who said yes to you", {"offer-accepted", "campaign-answer-reminder"}, set()),
    ],
    NoticeTopic.MESSAGES: [
        ("a message waits for you", set(), {"message"}),
        ("a person waits for yours", set(), {"message-reminder"}),
    ],
    NoticeTopic.MEETINGS: [("a meeting is near", {"meeting-day-before", "meeting-hour-before"}, set())],
    NoticeTopic.PROGRESS: [
        ("begins", {"acceptance-recorded", "work-started", "team-without-common-hours"}, set()),
        ("changes", {"request-terms-changed", "alarm-called-off"}, {"request-text-changed", "election-day-corrected"}),
        (
            "ends",
            {"work-stopped", "campaign-stopped", "stop-closed"},
            {
                *("offer-expired", "match-ended", "handover-started", "match-completed", "volunteer-withdrew"),
                *("handover-completed", "handover-ended", "volunteer-released", "election-day-passed"),
            },
        ),
        ("a problem that you reported", set(), {"report-handled"}),
        (
            "whether yours is checked",
            {"plan-published"},
            {"verification-started", "verification-delayed", "verified", "campaign-paused"},
        ),
        (
            "who acts for it",
            {"access-ended", "manager-access-ended"},
            {"member-joined", "position-changed"},
        ),
    ],
    NoticeTopic.WAITING: [
        ("The day by which you hear", set(), {"hand-raised", "review-delayed"}),
        ("“not yet” and why", set(), {"no-match-yet", "empty-seats"}),
        ("what became of a place that you asked for", set(), {"interest-ended"}),
        ("questions about your hours", set(), {"availability-check"}),
        ("your levels", set(), {"level-question"}),
    ],
    NoticeTopic.REVIEW: [
        (
            "waits for a reviewer",
            {
                *(
                    "report",
                    "incident",
                    "incident-taken-over",
                    "incident-unanswered",
                    "incident-called-off",
                    "nobody-on-call",
                ),
                *("contest-without-reviewer", "stop-raised"),
            },
            {"verification-requested", "unkept-pin", "run-rows-left-out", "campaign-silent"},
        ),
        (
            "late",
            {"report-overdue", "stop-overdue", "incident-call-overdue"},
            {"verification-overdue", "answer-overdue", "review-overdue", "hand-answers-overdue"},
        ),
    ],
}
ALWAYS_COME = {
    "invitation",
    "claim-code",
    "member-invitation",
    "candidate-link",
    "stop-confirmed",
    "safe-phone-changed",
    "manager-added",
    *map(str, AccountNotice),
}


def list_kinds() -> list[tuple[NoticeTopic, str]]:
    return [
        (topic, kind) for topic, rows in LISTED.items() for _words, *sets in rows for kind in sorted(set().union(*sets))
    ]


def test_every_kind_of_letter_stands_under_the_topic_that_speaks_of_it(db: None) -> None:
    kinds = list_notice_types()

    listed = {kind: topic for topic, kind in list_kinds()}
    assert listed.keys() | ALWAYS_COME == kinds.keys()
    assert {kind: kinds[kind].topic for kind in listed} == listed
    told = describe_topics()
    for topic, rows in LISTED.items():
        for words, at_once, daily in rows:
            assert words in told[topic]
            assert all(kinds[kind].is_immediate for kind in at_once), words
            assert not any(kinds[kind].is_immediate for kind in daily), words


@pytest.mark.parametrize(("topic", "kind"), list_kinds())
def test_the_link_in_a_letter_stops_what_the_page_of_letters_lists(
    cast: Cast, client: Client, now: datetime, topic: NoticeTopic, kind: str
) -> None:
    enqueue_notice(to=cast.alice, kind=kind, cause=kind, subjects={}, at=now)

    letter = build_notice_mail([(Notice.objects.get(), RenderedNotice("Subject", "Text"))])
    [path] = set(re.findall(r"/mail/stop/[^\s\"<>]+", str(letter.body)))

    assert f"This stops email about: {TOPIC_WORDS[topic][0]}." in read_text(client.get(path))


def test_the_page_of_letters_says_how_often_each_kind_comes(cast: Cast, client: Client) -> None:
    sign_in_browser(client, cast.alice)

    page = read_text(client.get("/account/letters/"))

    assert "with the last day for your answer. It comes at once, with one reminder." in page
    assert page.count("at most once a day") == 2
    assert "“Not yet” comes every 14 days at most" in page
