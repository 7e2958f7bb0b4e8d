"""Every state of every page of a volunteer: how it comes about, and what the page must say in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tests.cast import Cast
from tests.web.volunteers.board_states import (
    make_desk_of_asked,
    show_asked_role,
    show_board,
    show_board_in_pause,
    show_board_of_all_asked,
    show_empty_board,
    show_narrowed_board,
    show_nothing_like_it,
    show_role,
    show_role_after_all_asked,
    show_role_in_pause,
    show_take_back,
    show_unfit_role,
)
from tests.web.volunteers.desk_states import (
    LONG_NAME,
    make_desk_of_answered,
    make_desk_of_away,
    make_desk_of_bounced,
    make_desk_of_left,
    make_desk_of_long_name,
    make_desk_of_paused,
    make_desk_of_resting,
    make_desk_without_hours,
    make_full_desk,
    make_hours_question,
    make_level_question,
    make_skills_of_paused,
    show_desk,
)
from tests.web.volunteers.offer_states import (
    make_broadcast_offer,
    make_cancelled_offer,
    make_changed_offer,
    make_declined_offer,
    make_emergency_offer,
    make_expired_offer,
    make_first_offer,
    make_last_hours_of_offer,
    make_lost_offer,
    make_no,
    make_offer,
    make_offer_beside_work,
    make_offer_in_kathmandu,
    make_reported_offer,
)
from tests.web.volunteers.project_states import (
    make_accepted,
    make_active,
    make_closing,
    make_completed,
    make_empty_messages,
    make_forty_messages,
    make_hand_over,
    make_messages_of_ended,
    make_paused,
    make_paused_messages,
    make_phone_yes,
    make_refused,
    make_released,
    make_report,
    make_way_out,
    make_withdrawn,
)


@dataclass(frozen=True, slots=True)
class PageState:
    """`make` brings the state about and returns the address. `primary` is how many primary buttons the page has."""

    name: str
    make: Callable[[Cast, datetime], str]
    heading: str
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    primary: int = 0
    reader: str = "alice"


QUESTION = "Front end for “Website”: would you do it?"
WAITING = "There is nothing for you to do now"

STATES = [
    PageState("desk-no-profile", show_desk, "You have not raised your hand yet", primary=1, reader="dave"),
    PageState(
        "desk-nothing", show_desk, "Hello Alice", (WAITING, "You hear from us by Monday, 9 March", "Nothing yet")
    ),
    PageState("desk-answered", make_desk_of_answered, "Hello Alice", (WAITING, "You hear again within 14 days")),
    PageState(
        "desk-hours",
        make_desk_without_hours,
        "Hello Alice, one thing waits for you",
        ("Are your hours still right?", "We ask you for nothing new until you say so."),
        primary=1,
    ),
    PageState(
        "desk-bounced",
        make_desk_of_bounced,
        "Hello Alice",
        ("Our letters to alice@example.org come back.", "Choose another address", "Have a code sent"),
    ),
    PageState("desk-away", make_desk_of_away, "Hello Alice", ("Away 23 to 29 March", "My skills")),
    PageState(
        "skills-paused",
        make_skills_of_paused,
        "Your skills",
        ("You are on a pause.", "Copywriting For years", "This is a whole field.", "We have had the call"),
        primary=1,
    ),
    PageState("desk-paused", make_desk_of_paused, "Hello Alice", ("You are on a pause", "I am back")),
    PageState("desk-left", make_desk_of_left, "Hello Alice", ("You have left.", "I am back")),
    PageState("desk-resting", make_desk_of_resting, "Hello Alice", ("You rest until", "Go on at once", "Before")),
    PageState(
        "desk-everything",
        make_full_desk,
        "Hello Alice, 5 things wait for you",
        ("Messages (2 new)", "And then", "They called the project off.", "Plans changed", "You said no"),
        primary=1,
    ),
    PageState("desk-long-name", make_desk_of_long_name, f"Hello {LONG_NAME[:80]}, 5 things wait for you", primary=1),
    PageState(
        "desk-asked",
        make_desk_of_asked,
        "Hello Alice",
        (
            "What you asked for",
            "You asked on 2 March. You hear by Monday, 9 March.",
            "Take it back",
            "You asked on 2 March. You heard on 2 March.",
            "It is not needed any more. That has nothing to do with you.",
        ),
    ),
    PageState(
        "board",
        show_board,
        "Open places",
        (
            "3 places are open. What fits you stands first.",
            "fits you",
            "Asks for: Front end, on your own.",
            "4 hours a week for 6 weeks · ends in April 2026",
            "A state office, Washington · no party",
            "Every Tuesday, 7 pm to 8 pm, Eastern time (New York).",
            "I’d like this",
            "Asks for: UX research, after years of it.",
        ),
        ("See what fits me", "Kim Doe", "Doe for Senate", "swordfish"),
    ),
    PageState("board-narrowed", show_narrowed_board, "Open places", ("3 places are like this.", "See all open places")),
    PageState(
        "board-nothing-like",
        show_nothing_like_it,
        "Open places",
        ("Nothing like this is open now",),
        ("I’d like this",),
    ),
    PageState("board-nothing-open", show_empty_board, "Open places", ("Nothing is open now", "Go to my page")),
    PageState("board-paused", show_board_in_pause, "Open places", ("I am back", "fits you"), ("I’d like this",)),
    PageState(
        "board-all-asked",
        show_board_of_all_asked,
        "Open places",
        ("You wait for 3 places", "asked for", "You asked on 2 March. You hear by Monday, 9 March."),
        ("I’d like this",),
    ),
    PageState(
        "role",
        show_role,
        "Would you like this place?",
        ("fits you", "You hear by Monday, 9 March, whether it’s yours.", "You can wait for 3 places at a time."),
        ("Kim Doe", "Doe for Senate", "swordfish"),
        primary=1,
    ),
    PageState(
        "role-asked",
        show_asked_role,
        "You asked for this place",
        ("You asked on 2 March. You hear by Monday, 9 March.", "Take it back"),
        ("I’d like this",),
    ),
    PageState(
        "role-unfit",
        show_unfit_role,
        "This place asks for something else",
        ("Is that still right?", "My skills"),
        ("I’d like this",),
    ),
    PageState("role-paused", show_role_in_pause, "Come back before you ask", ("I am back",), ("I’d like this",)),
    PageState(
        "role-all-asked",
        show_role_after_all_asked,
        "You wait for 3 places already",
        ("To ask for another, take one back.", "Take it back"),
        ("I’d like this",),
    ),
    PageState(
        "take-back", show_take_back, "Take it back?", ("You asked for this place: Front end.", "No, I’d still like it")
    ),
    PageState("hours", make_hours_question, "Are your hours still right?", ("4 hours a week",), primary=1),
    PageState("level", make_level_question, "Which level is right?", ("It is about",), primary=1),
    PageState(
        "offer",
        make_offer,
        QUESTION,
        (
            "Say yes or no by Wednesday, 4 March, 9 am, Eastern time (New York)",
            "Kim Doe",
            "What you do Build the pages that the designer has drawn",
            "Every Tuesday, 7 pm to 8 pm, Eastern time (New York).",
            "Exactly this, and nothing else",
        ),
        ("I keep to the code of conduct", "swordfish", "carol@example.org"),
        primary=1,
    ),
    PageState("offer-first", make_first_offer, QUESTION, ("I keep to the code of conduct",), primary=1),
    PageState("offer-last-hours", make_last_hours_of_offer, QUESTION, ("3 hours left.",), primary=1),
    PageState(
        "offer-expired", make_expired_offer, "No answer in time", ("it does not set you back.",), ("Yes, I’ll do it",)
    ),
    PageState(
        "offer-declined", make_declined_offer, "You said no", ("It does not set you back",), ("Yes, I’ll do it",)
    ),
    PageState("offer-broadcast", make_broadcast_offer, QUESTION, ("The first yes gets the place.",), primary=1),
    PageState(
        "offer-lost", make_lost_offer, "Plans changed", ("another one said yes first",), ("Kim Doe",), reader="erin"
    ),
    PageState(
        "offer-emergency",
        make_emergency_offer,
        "Incident responder for “A security incident”: would you do it?",
        ("This is urgent", "30 minutes left.", "You learn its name once both of you have said yes."),
        ("Kim Doe", "Doe for Senate", "State Senate"),
        primary=1,
        reader="erin",
    ),
    PageState(
        "offer-changed",
        make_changed_offer,
        QUESTION,
        ("This has changed since you were asked before", "before: 19 April 2026; now: 26 April 2026"),
        primary=1,
    ),
    PageState("offer-cancelled", make_cancelled_offer, "Plans changed", ("They called the project off.",)),
    PageState(
        "offer-beside-work",
        make_offer_beside_work,
        QUESTION,
        ("You also do “Welcome emails”. Together that is 7 of your 8 hours a week.",),
        primary=1,
    ),
    PageState(
        "offer-kathmandu",
        make_offer_in_kathmandu,
        QUESTION,
        (
            "Every Wednesday, 4:45 am to 5:45 am, Kathmandu time.",
            "For you that is the next day: it is Wednesday where you live, and Tuesday there.",
        ),
        primary=1,
    ),
    PageState("offer-reported", make_reported_offer, QUESTION, ("You reported a problem.",), primary=1),
    PageState("offer-no", make_no, "Not this one?", ("Rather not say", "Never this campaign"), primary=1),
    PageState(
        "accepted",
        make_accepted,
        "Thank you, Alice. Now it is their turn.",
        ("They answer by Wednesday, 4 March", "Write to them", "I need out"),
        ("swordfish", "carol@example.org"),
    ),
    PageState(
        "accepted-by-phone",
        make_phone_yes,
        "Thank you, Alice. Now it is their turn.",
        ("You can take it back until Tuesday, 3 March, 7 am, Eastern time (New York).",),
    ),
    PageState(
        "active",
        make_active,
        "Website",
        (
            "swordfish",
            "carol@example.org",
            "The employer's rules have",
            "You meet next",
            "for the campaign to do",
        ),
        primary=1,
    ),
    PageState(
        "active-paused",
        make_paused,
        "Website",
        ("Contact is paused", "Read your messages"),
        ("carol@example.org", "Write a message"),
        primary=1,
    ),
    PageState("closing", make_closing, "Hand over “Website”", ("Hand over by", "The closing list", "to do"), primary=1),
    PageState(
        "completed",
        make_completed,
        "Thank you, Alice. It is done.",
        ("Now you rest until", "Your part was: Front end.", "Not shown any more"),
        ("carol@",),
    ),
    PageState("refused", make_refused, "Not this time", ("It does not set you back",), ("hours do not work",)),
    PageState("released", make_released, "Ended early", ("Report a problem",)),
    PageState("withdrawn", make_withdrawn, "You stepped out", ("It does not set you back.",)),
    PageState("out", make_way_out, "Leave this project?", ("You need not say why.", "No, I stay")),
    PageState("report", make_report, "Report a problem", ("Contact pauses at once", "within 24 hours"), primary=1),
    PageState("hand-over", make_hand_over, "Is everything handed over?", ("Not ticked yet",), primary=1),
    PageState("messages-none", make_empty_messages, "Messages", ("A hello is a good first one.",), primary=1),
    PageState(
        "messages-forty",
        make_forty_messages,
        "Messages",
        ("Message number 40", "Message number 21", "Earlier messages"),
        ("Message number 20 ",),
        primary=1,
    ),
    PageState("messages-paused", make_paused_messages, "Messages", ("Contact is paused",), ("Send it",)),
    PageState("messages-ended", make_messages_of_ended, "Messages", ("no more messages",), ("Send it",)),
]
