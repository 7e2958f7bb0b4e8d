"""What each page of campaigns is for, in words."""

from tests.web.tour_page import TourPage

CAMPAIGN_PAGES = [
    TourPage(
        "join",
        "Join a campaign",
        "An invited person says yes to a campaign.",
        "Through the sign-in.",
        {"join-nothing": "a link that has ended"},
        ("member-invitation",),
    ),
    TourPage("campaigns", "My campaigns", "The choice for those who act for several.", "From the header."),
    TourPage(
        "campaign-desk",
        "The campaign’s desk",
        "What waits for the campaign, and each project with its people by stage.",
        "From the header after the sign-in.",
        {
            "campaign-desk-offered": "a person is asked",
            "campaign-desk-accepted": "a person said yes and waits",
            "campaign-desk-active": "a person at work, with a new message",
            "campaign-desk-completed": "a finished project",
        },
        (
            *(
                "access-ended",
                "team-without-common-hours",
                "verification-delayed",
                "election-day-corrected",
                "manager-access-ended",
                "member-joined",
                "campaign-paused",
            ),
            *(
                "position-changed",
                "election-day-passed",
                "verification-started",
                "report-handled",
                "empty-seats",
                "verified",
            ),
        ),
    ),
    TourPage(
        "campaign-person",
        "A person",
        "Who said yes, what they can do, and what is next: yes or no, the work, the hand-over, the thanks.",
        "From the desk.",
        {
            "campaign-person-accepted": "said yes and waits",
            "campaign-person-active": "at work",
            "campaign-person-closing": "hands over",
            "campaign-person-completed": "done",
            "campaign-gone": "stepped out: the page is closed",
        },
    ),
    TourPage(
        "campaign-person-decline", "Not this person", "A kind no.", "From the person.", {"campaign-no": "the question"}
    ),
    TourPage(
        "campaign-person-messages",
        "Messages",
        "The thread with the person.",
        "From the person.",
        {"campaign-messages": "one message", "campaign-message-empty": "an empty one was sent"},
        ("message",),
    ),
    TourPage("campaign-person-checklist", "A line of the list", "It ticks a line.", "From the person."),
    TourPage(
        "campaign-person-report",
        "Report a problem",
        "Contact pauses at once.",
        "From the person.",
        {"campaign-report": "empty"},
    ),
    TourPage(
        "campaign-person-done",
        "The work is done",
        "The hand-over begins.",
        "From the person.",
        {"campaign-done": "the question"},
    ),
    TourPage(
        "campaign-person-release",
        "An early end",
        "It frees the place.",
        "From the person.",
        {"campaign-release": "the question"},
    ),
    TourPage(
        "campaign-person-complete",
        "Handed over?",
        "The campaign has its accounts and files back.",
        "From the person.",
        {"campaign-handed-over": "the question"},
    ),
]
