"""What holds on every page in every state: its words, its one button, its clocks, and whom it names to whom."""

import re
from collections import Counter, defaultdict
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from django.urls import URLResolver, get_resolver

from core.time_zones import list_time_zones, name_time_zone
from tests.web.every_page import LAST_NAME, PHONE, PageReader, ShownPage

# The pages are rendered once for all tests here, about as long as forty tests of one page each.
pytestmark = pytest.mark.django_db(databases=["default", "counters"])

READING_PAGES = {
    *(
        "about",
        "help",
        "conduct",
        "account",
        "nothing-here",
        "campaign-gone",
        "join-nothing",
        "join-other",
        "start-under-18",
    ),
    *(
        f"volunteer-board{state}"
        for state in ("", "-narrowed", "-nothing-like", "-nothing-open", "-paused", "-all-asked")
    ),
    *(f"volunteer-role-{state}" for state in ("asked", "unfit", "paused", "all-asked")),
    *("campaign-desk-offered", "campaign-desk-completed", "campaign-desk-bounced", "campaign-person-completed"),
    *(f"volunteer-desk-{state}" for state in ("nothing", "answered", "asked", "away", "bounced", "paused", "left")),
    "volunteer-desk-resting",
    *("campaign-request-unchecked", "campaign-request-closed"),
    *(f"volunteer-offer-{state}" for state in ("expired", "declined", "lost", "cancelled")),
    *(
        f"volunteer-{state}"
        for state in ("accepted", "accepted-by-phone", "completed", "refused", "released", "withdrawn")
    ),
    *("volunteer-messages-paused", "volunteer-messages-ended"),
    *("my-profile", "my-vetoes", "my-vetoes-some", "my-calendar-open", "my-calendar-address", "my-on-call-yes"),
    *("hacked-volunteer", "campaign-incident-called-off"),
    *("volunteer-messages-paused", "volunteer-messages-ended", "campaign-members-staff"),
    *(
        f"candidate-{state}"
        for state in ("agreed", "stopped", "late", "over", "over-after-no", "replaced", "without-manager")
    ),
    *(f"campaign-desk-{state}" for state in ("letter", "agreed", "stopped", "stopped-late", "over")),
}
ENDING_PAGES = {
    "campaign-hacked-sign-out",
    "campaign-incident-false-alarm",
    "campaign-cancel",
    "campaign-close",
    *("campaign-role-close", "campaign-role-close-people"),
    "campaign-no",
    "campaign-release",
    *("campaign-leave", "campaign-member-end", "campaign-take-back"),
    *("candidate-end-manager", "candidate-end-only-manager", "candidate-end-wrong", "candidate-no"),
    "my-data",
    "my-data-wrong",
    "my-leave",
    "my-pause",
    "start-under-18-sure",
    "volunteer-never",
    "volunteer-out",
    "volunteer-take-back",
}
"""Their one button ends something, so it is red and no primary one."""

BANNED = re.compile(
    r"\b(seats?|supersede\w*|refus\w+|certificates?|gaps?|policy|runs?|match(es)?)\b"
    r"|click here|invalid|please try again",
    re.IGNORECASE,
)
PLAIN_USES = ("Who runs this", "Run by", "is run here by", "runs in the browser", "Policy writing")
"""A house is run, and a site runs; what the matcher does is not spoken of. One skill has its own name."""

FIRST_WORDS = {
    *(
        "Add",
        "Ask",
        "Change",
        "Check",
        "Choose",
        "Close",
        "Continue",
        "Download",
        "End",
        "Erase",
        "Get",
        "Go",
        "Join",
        "Keep",
        "Leave",
        "Look",
        "Make",
        "Open",
        "Pause",
        "Plan",
        "Publish",
    ),
    *("Read", "Remove", "Report", "Rule", "Save", "Say", "See", "Send", "Set", "Sign", "Start"),
    *("Speak", "Stop", "Take", "Tick"),
    *("Write", "Yes,", "No,"),
}
OWN_WORDS = {
    *(
        "I agree to it",
        "I am back",
        "I have handed over",
        "I have told them",
        "I need out",
        "I’d like this",
        "This profile is mine",
        "Español",
    ),
    *("Our campaign is on Handraiser", "We’re not signed up", "It was a false alarm"),
    *("It is over, or was a false alarm", "Español"),
}
"""What a person says by the button."""

TIME = r"(?:noon|midnight|\d{1,2}(?::\d\d)? [ap]m|\d{1,2}:\d\d)"
CLOCK_TIME = re.compile(rf"\b{TIME}\b(?: to {TIME})?(?P<then>.{{0,60}})")
WEEK_FIGURE = re.compile(r'<div class="week".*?</div>', re.DOTALL)
WEEK_SENTENCE = re.compile(r'<div class="week" role="img" aria-label="([^"]*)"')
"""A picture of the meeting that the line above it names with its zone."""
ZONE_NAMES = (*(str(name_time_zone(zone)) for zone, _label in list_time_zones()), "Pacific time")

PROMISE = re.compile(r"\bby ((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{1,2} [A-Z][a-z]+)")
ZONES_OF_READERS = ("America/New_York", "Asia/Kathmandu")

CANARIES = {
    "brief": "swordfish",
    "campaign": "Doe for Senate",
    "candidate": "Kim Doe",
    "email": "alice@example.org",
    "first name": "Alice",
    "last name": LAST_NAME,
    "manager": "carol@example.org",
    "phone": PHONE,
}
SHOWN: dict[tuple[str, str], set[str]] = {
    # Alice's campaign: nothing before her yes; how to reach her once the work begins; her last name and address never.
    ("carol", "desk"): {"campaign", "first name"},
    ("carol", "desk, asked"): {"campaign"},
    ("carol", "desk, letters come back"): {"campaign", "manager"},
    ("carol", "yes"): {"first name"},
    ("carol", "work"): {"brief", "first name", "phone"},
    ("carol", "done"): {"first name"},
    ("carol", "gone"): set(),
    ("carol", "filing"): set(),
    ("carol", "own words"): {"brief"},
    ("carol", "forms"): {"campaign", "candidate", "first name"},
    # Alice: the candidate with the offer; the brief and whom to reach once the work begins.
    ("alice", "offer"): {"candidate", "first name"},
    ("alice", "offer over"): set(),
    ("alice", "yes"): {"candidate", "first name"},
    ("alice", "work"): {"brief", "candidate", "manager"},
    ("alice", "work, contact paused"): {"brief", "candidate"},
    ("alice", "done"): {"candidate", "first name"},
    ("alice", "messages"): {"campaign"},
    ("alice", "desk"): {"first name"},
    ("alice", "desk, letters come back"): {"email", "first name"},
    ("alice", "account"): {"email"},
    ("alice", "details"): {"first name", "last name", "phone"},
    ("alice", "ruled out"): {"campaign"},
    ("alice", "other"): set(),
    # An emergency names nobody before both sides said yes.
    ("erin", "offer"): set(),
    ("erin", "offer over"): set(),
    # The candidate reads who acts in their name; visitors, reviewers and others read nobody's.
    ("", "candidate"): {"campaign", "candidate", "manager"},
    ("", "candidate after a no"): {"manager"},
    ("", "candidate ends an access"): {"manager"},
    ("carol", "members"): {"manager"},
    ("carol", "desk, people"): {"campaign"},
    ("", "own address typed"): {"email"},
    ("", "other"): set(),
    # An open invitation names its inviter, and the checked campaign, as its letter does.
    ("", "invitation"): {"campaign", "manager"},
    ("bob", "invitation"): {"campaign", "manager"},
    ("dave", "own invitation"): {"campaign"},
    # Who plans for a campaign reads the names of their own, and who answers for it.
    ("dana", "other"): set(),
    ("dana", "own campaigns"): {"campaign"},
    ("dave", "desk"): set(),
    ("rita", "other"): set(),
}
STAGES = {
    "campaign-desk-offered": "desk, asked",
    **dict.fromkeys(("campaign-desk-bounced", "volunteer-desk-bounced"), "desk, letters come back"),
    "campaign-person-accepted": "yes",
    "campaign-person-active": "work",
    "campaign-person-closing": "work",
    "campaign-person-completed": "done",
    "campaign-gone": "gone",
    **dict.fromkeys(("campaign-filing", "campaign-filing-wrong"), "filing"),
    **dict.fromkeys(("my-details", "my-details-wrong"), "details"),
    **dict.fromkeys(("my-vetoes-some", "my-veto-lift"), "ruled out"),
    **dict.fromkeys(("candidate", "candidate-agreed"), "candidate"),
    **dict.fromkeys(("candidate-stopped", "candidate-late"), "candidate after a no"),
    **dict.fromkeys(
        ("candidate-end-manager", "candidate-end-only-manager", "candidate-end-wrong"), "candidate ends an access"
    ),
    **dict.fromkeys(("candidate-long-name", "candidate-without-manager"), "candidate"),
    **dict.fromkeys(
        (f"campaign-desk-{state}" for state in ("letter", "agreed", "stopped", "stopped-late", "over")), "desk, people"
    ),
    **dict.fromkeys(
        ("campaign-members", "campaign-members-invited", "campaign-members-wrong", "campaign-members-staff"), "members"
    ),
    **dict.fromkeys(
        ("plan-change", "plan-change-wrong", "campaign-change-suggested", "campaign-change-work"), "own words"
    ),
    "account": "account",
    **dict.fromkeys(("email", "email-bounced", "letters", "my-data", "my-data-wrong", "password"), "account"),
    **dict.fromkeys(("sign-in-again", "sign-in-again-bounced"), "account"),
    **dict.fromkeys(("join", "join-other"), "invitation"),
    "join-own": "own invitation",
    "sign-in-wrong": "own address typed",
    **dict.fromkeys(("plan-choice", "plan-own-publish"), "own campaigns"),
    "volunteer-accepted": "yes",
    "volunteer-accepted-by-phone": "yes",
    "volunteer-active": "work",
    "volunteer-active-paused": "work, contact paused",
    "volunteer-closing": "work",
    "volunteer-completed": "done",
    "volunteer-messages-forty": "messages",
    **dict.fromkeys(("volunteer-offer-expired", "volunteer-offer-declined"), "offer over"),
    **dict.fromkeys(("volunteer-offer-lost", "volunteer-offer-cancelled"), "offer over"),
    "volunteer-offer-no": "other",
}
UNNAMED = ("Alice", "Doe", "Website", "Front end", "Welcome emails", "Email marketer", LAST_NAME)
SAME_HEADING = {"Report a problem", "Is everything handed over?", "Website"}  # for a volunteer and for a campaign


def find_stage(page: ShownPage) -> str:
    if page.name in STAGES:
        return STAGES[page.name]
    parts = page.name.split("-")
    if "desk" in parts:
        return "desk"
    if parts[0] == "campaign":
        return "forms"
    return "offer" if page.name.startswith("volunteer-offer") else "other"


def judge(pages: list[ShownPage]) -> list[ShownPage]:
    """All pages but the one that shows the components."""
    return [page for page in pages if page.name != "design"]


def test_a_page_has_one_primary_button_and_a_page_to_read_has_none(every_page: list[ShownPage]) -> None:
    primary = {page.name: PageReader(page.html).primary for page in judge(every_page)}

    expected = {name: int(name not in READING_PAGES | ENDING_PAGES) for name in primary}
    assert {name: buttons for name, buttons in primary.items() if len(buttons) != expected[name]} == {}
    assert primary.keys() >= READING_PAGES | ENDING_PAGES


def test_a_page_that_ends_something_has_one_red_button(every_page: list[ShownPage]) -> None:
    for page in every_page:
        if page.name in ENDING_PAGES:
            assert ["stop" in classes for _words, classes in PageReader(page.html).buttons].count(True) == 1, page.name


def test_the_words_are_plain(every_page: list[ShownPage]) -> None:
    found = {}
    for page in judge(every_page):
        words = page.main
        for plain in PLAIN_USES:
            words = words.replace(plain, "")
        if banned := BANNED.search(words):
            found[page.name] = banned[0]
    assert found == {}


def test_a_button_begins_with_a_verb_or_with_yes_or_no(every_page: list[ShownPage]) -> None:
    said = {words for page in judge(every_page) for words, _classes in PageReader(page.html).buttons}
    buttons = {words.partition(" :")[0] for words in said}  # what it is about follows, unseen

    assert sorted(words for words in buttons - OWN_WORDS if words.split(" ")[0] not in FIRST_WORDS) == []


def test_no_heading_stands_twice_or_belongs_to_two_pages(every_page: list[ShownPage]) -> None:
    twice = {}
    routes: dict[str, set[str]] = defaultdict(set)
    for page in judge(every_page):
        headings = PageReader(page.html).headings
        assert [level for level, _words in headings].count("h1") == 1, page.name
        counted = Counter(words for _level, words in headings)
        if max(counted.values()) > 1:
            twice[page.name] = counted.most_common(1)
        heading = next(words for level, words in headings if level == "h1")
        assert "somebody" not in heading.lower()
        routes[heading].add(page.route or page.address.partition("?")[0])

    assert twice == {}
    assert {heading for heading, found in routes.items() if len(found) > 1} == SAME_HEADING


_TOKEN = re.compile(r"[\w-]{20,}(?:[:.][\w-]+)*")
"""The random part of an address, which may hold any letters."""


def test_no_title_and_no_address_names_anybody_or_what_they_do(every_page: list[ShownPage]) -> None:
    for page in judge(every_page):
        assert page.title.endswith(" - Handraiser"), page.name
        said = f"{page.title} {_TOKEN.sub('', page.address)}".lower().replace("-", " ")
        assert [name for name in UNNAMED if name.lower().replace("-", " ") in said] == [], page.name


def list_bare_times(html: str, main: str, zone_names: tuple[str, ...] = ZONE_NAMES) -> list[str]:
    """Return the clock times of a page that no name of a zone follows."""
    if 'name="time_zone"' in html:
        return []  # its reader chooses the zone on the page
    said = " ".join([main, *WEEK_SENTENCE.findall(html)])
    times = CLOCK_TIME.finditer(said)
    return [time[0] for time in times if not time["then"].lstrip(", (").startswith(zone_names)]


def test_a_clock_time_is_followed_by_its_zone(every_page: list[ShownPage]) -> None:
    bare = []
    for page in judge(every_page):
        if "message" not in page.name and "incident" not in page.name:  # there the zone stands once, above the first
            main = replace(page, html=WEEK_FIGURE.sub("", page.html)).main
            bare += [f"{page.name}: {time}" for time in list_bare_times(page.html, main)]
    assert bare == []


def test_a_date_by_which_something_comes_is_stored(every_page: list[ShownPage]) -> None:
    orphans: list[str] = []
    kept = 0
    for page in judge(every_page):
        days = {
            f"{moment.astimezone(ZoneInfo(zone)):%A, %-d %B}" for moment in page.promised for zone in ZONES_OF_READERS
        }
        for day in PROMISE.findall(page.main):
            kept += day in days
            orphans += [f"{page.name}: by {day}"] if day not in days else []
    assert orphans == []
    assert kept > 15


def test_a_page_names_to_its_reader_whom_it_may_at_that_stage(every_page: list[ShownPage]) -> None:
    wrong = {}
    for page in judge(every_page):
        shown = {name for name, words in CANARIES.items() if words in page.html}
        allowed = SHOWN[page.reader, find_stage(page)]
        if not shown <= allowed:
            wrong[page.name] = sorted(shown - allowed)
    assert wrong == {}


def test_each_line_of_the_table_is_reached_by_some_page(every_page: list[ShownPage]) -> None:
    reached: dict[tuple[str, str], set[str]] = defaultdict(set)
    for page in judge(every_page):
        reached[page.reader, find_stage(page)] |= {name for name, words in CANARIES.items() if words in page.html}

    assert dict(reached) == SHOWN


def test_a_summary_of_errors_says_what_to_do(every_page: list[ShownPage]) -> None:
    wrong = [page for page in every_page if page.name.endswith(("-wrong", "-empty"))]
    assert len(wrong) >= 6
    for page in wrong:
        assert "Error:" in page.title, page.name
        assert page.main.count("need another look") + page.main.count("needs another look") <= 1, page.name


def test_no_two_addresses_have_one_name() -> None:
    names = Counter(_list_names(get_resolver()))

    assert [name for name, count in names.items() if count > 1 and name] == []


def _list_names(resolver: URLResolver) -> list[str]:
    names = []
    for each in resolver.url_patterns:
        if not isinstance(each, URLResolver):
            names.append(each.name or "")
        elif each.namespace is None:
            names.extend(_list_names(each))
    return names
