"""What each page is for, how its reader comes there, and its states, in words; `tour.py` makes docs/tour.md of it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TourPage:
    """A page by the name of its URL. `states` holds the name of each picture and what it shows."""

    url_name: str
    title: str
    purpose: str
    way: str
    states: dict[str, str] = field(default_factory=dict)
    letters: tuple[str, ...] = ()


VISITOR_PAGES = [
    TourPage(
        "home",
        "The first page",
        "It promises an answer with a date, and has two doors: for a volunteer and for a campaign.",
        "By the address of the site.",
        {
            "home": "a visitor",
            "home-signed-in": "a volunteer who is signed in",
            "reviewer-home": "a reviewer who is signed in",
        },
    ),
    TourPage(
        "about",
        "Who runs this",
        "It says who runs the site, for whom, and where the data is.",
        "From the footer.",
        {"about": "as everybody sees it"},
    ),
    TourPage(
        "help",
        "Help",
        "It has the operator’s address, phone and hours.",
        "From the header and the footer.",
        {"help": "as everybody sees it"},
    ),
    TourPage(
        "for-campaigns",
        "For campaigns",
        "It says how a campaign comes in, and whom to ask.",
        "From the home page.",
        {"for-campaigns": "as everybody sees it"},
    ),
    TourPage(
        "conduct",
        "The code of conduct",
        "It holds the rules for both sides.",
        "From the forms that ask for a yes.",
        {"conduct": "as everybody sees it"},
    ),
    TourPage(
        "candidate",
        "A candidate’s own page",
        "The candidate says whether a campaign acts for them. One tap stops it.",
        "From the letter to the candidate, without a sign-in.",
        {"candidate": "not answered yet"},
        ("candidate-link",),
    ),
    TourPage(
        "mail-stop",
        "No more letters",
        "It stops letters of one topic.",
        "From the foot of a letter, without a sign-in.",
        {"mail-stop": "before the button is pressed"},
    ),
    TourPage(
        "recovery-stop",
        "Stop a recovery",
        "A person stops the recovery of a second factor that is not lost.",
        "From the letter about it, without a sign-in.",
    ),
    TourPage(
        "",
        "A page that is not there",
        "It says so, and leads back.",
        "By a wrong address. What a reader may not know of looks the same.",
        {"nothing-here": "an address that never was"},
    ),
    TourPage(
        "design",
        "The components",
        "It shows each component in its states.",
        "By its address, and only locally.",
        {"design": "all of them"},
    ),
]

ACCOUNT_PAGES = [
    TourPage(
        "account_login",
        "Sign in",
        "A password, a code by mail or a passkey.",
        "From the header, and from every letter whose page needs a sign-in.",
        {"sign-in": "empty", "sign-in-wrong": "with a wrong password"},
    ),
    TourPage(
        "account_signup",
        "Sign up",
        "An account, for those who come to act for a campaign.",
        "From the sign-in.",
        {"sign-up": "empty"},
    ),
    TourPage(
        "account_request_login_code",
        "Sign in by a code",
        "It asks where to send the code.",
        "From the sign-in.",
        {"sign-in-code": "empty"},
    ),
    TourPage(
        "account_reset_password",
        "A new password",
        "It asks where to send the code.",
        "From the sign-in.",
        {"new-password": "empty"},
    ),
    TourPage("account", "My account", "All settings on one page.", "From the header.", {"account": "of a volunteer"}),
    TourPage(
        "my-data-page",
        "My data",
        "Everything that is stored about the reader, as a download, and its erasure.",
        "From the account.",
        {"my-data": "what goes and what stays", "my-data-wrong": "with a wrong password"},
    ),
    TourPage("account_email", "My address", "It changes the address.", "From the account.", {"email": "one address"}),
    TourPage("account_change_password", "My password", "It changes it.", "From the account.", {"password": "empty"}),
    TourPage(
        "mfa_index",
        "My second factor",
        "A passkey or an app. Reviewers and verified campaigns need one.",
        "From the account, and from each page that needs it.",
        {"second-factor": "none yet"},
        ("factor-recovery", "factor-reset"),
    ),
]

START_PAGES = [
    TourPage("start", "The first visit", "It begins a draft and leads to the skills.", "From the first page."),
    TourPage(
        "start-skills",
        "What can you do?",
        "Skills by the words that people use, each with a level.",
        "From the first page. No name is asked.",
        {
            "start-skills": "empty",
            "start-skills-wrong": "nothing chosen well",
            "start-skills-said": "one skill chosen",
            "start-unknown-word": "a word that we do not know",
        },
    ),
    TourPage(
        "start-when",
        "When?",
        "Hours a week, and the parts of a week with 28 boxes.",
        "From the skills.",
        {
            "start-when-more": "exact times opened for a day",
            "start-when-wrong": "a time without its end",
            "start-when-said": "empty, after the skills",
            "start-exact": "exact times typed",
        },
    ),
    TourPage(
        "start-fits",
        "What fits you today",
        "The open places that fit, before an address is asked. And until when the answer comes.",
        "From the week.",
        {
            "start-fits": "places that fit",
            "start-nothing-fits": "nothing fits, and the change that would help",
            "start-fits-wrong": "with a wrong address",
        },
    ),
    TourPage(
        "start-code",
        "The code",
        "It proves the address.",
        "From the fits, beside the letter with the code.",
        {"start-code": "empty"},
    ),
    TourPage(
        "start-you",
        "Three last questions",
        "First name, age, and a word on the job.",
        "From the code.",
        {"start-you": "empty"},
    ),
    TourPage(
        "start-under-18",
        "Under 18",
        "It says kindly that this is for adults.",
        "From the last questions.",
        {"start-under-18": "as everybody sees it"},
    ),
    TourPage(
        "start-under-18-sure",
        "Under 18?",
        "It asks once more before it erases the draft.",
        "From the last questions.",
        {"start-under-18-sure": "the question"},
    ),
]

VOLUNTEER_PAGES = [
    TourPage(
        "volunteer-desk",
        "My page",
        "What waits for the volunteer, then the work, then where they stand, then what was before.",
        "From the header after the sign-in.",
        {
            "desk-no-profile": "no raised hand",
            "desk-nothing": "nothing at all, but a date",
            "desk-hours": "the hours are asked again",
            "desk-paused": "on a pause",
            "desk-left": "has left",
            "desk-resting": "rests after a project",
            "desk-everything": "five things at once",
            "desk-long-name": "a name of 80 characters",
        },
        ("hand-raised", "review-delayed", "no-match-yet"),
    ),
    TourPage(
        "volunteer-hours-still-right",
        "Are your hours still right?",
        "One tap says yes.",
        "From my page.",
        {"hours": "asked from a letter", "my-hours": "opened from my page"},
        ("availability-check",),
    ),
    TourPage(
        "volunteer-level-question",
        "Which level is right?",
        "The volunteer keeps or changes a level that a campaign found too high.",
        "From my page.",
        {"level": "not answered yet"},
        ("level-question",),
    ),
    TourPage(
        "volunteer-waive-rest", "Go on at once?", "It ends the rest.", "From my page.", {"my-rest": "the question"}
    ),
    TourPage(
        "volunteer-come-back",
        "I am back",
        "It ends a pause, or a leave.",
        "From my page.",
        {"my-return": "the question"},
    ),
    TourPage(
        "volunteer-offer",
        "An offer",
        "The work, the reason, what the campaign will see, and yes or no. At its end: how it ended.",
        "From my page.",
        {
            "offer": "open",
            "offer-first": "the first, with the code of conduct",
            "offer-last-hours": "three hours left",
            "offer-expired": "the time is over",
            "offer-declined": "answered with no",
            "offer-broadcast": "several are asked, the first yes counts",
            "offer-lost": "another one was quicker",
            "offer-emergency": "an emergency, without a name",
            "offer-changed": "changed since it was asked",
            "offer-cancelled": "called off",
            "offer-beside-work": "beside other work",
            "offer-kathmandu": "a reader in Kathmandu",
            "offer-reported": "after a report",
        },
    ),
    TourPage(
        "volunteer-decline",
        "No to an offer",
        "A reason, if they like.",
        "From the offer.",
        {"offer-no": "the question"},
    ),
    TourPage(
        "volunteer-project",
        "A project",
        "From the yes to the thanks: kick-off card, team, list, meetings and contact.",
        "From my page.",
        {
            "accepted": "the campaign has to answer",
            "accepted-by-phone": "the yes can be taken back",
            "active": "at work",
            "active-paused": "contact paused by a report",
            "closing": "the hand-over",
            "completed": "done, with thanks",
            "refused": "the campaign said no",
            "released": "ended early",
            "withdrawn": "the volunteer stepped out",
        },
    ),
    TourPage(
        "volunteer-messages",
        "Messages",
        "The thread with the campaign.",
        "From the project.",
        {
            "messages-none": "none yet",
            "messages-forty": "forty, the latest first in view",
            "messages-paused": "contact is paused",
            "messages-ended": "the project is over",
        },
        ("message",),
    ),
    TourPage("volunteer-tick", "A line of the list", "It ticks a line and leads to the project.", "From the project."),
    TourPage(
        "volunteer-withdraw",
        "The way out",
        "Two taps, no reason needed.",
        "From the project.",
        {"out": "the question"},
    ),
    TourPage(
        "volunteer-report", "Report a problem", "Contact pauses at once.", "From the project.", {"report": "empty"}
    ),
    TourPage(
        "volunteer-handed-over",
        "Handed over?",
        "The volunteer says that nothing of the campaign is left with them.",
        "From the project.",
        {"hand-over": "a line not ticked yet"},
    ),
    TourPage(
        "my-week",
        "My week",
        "Hours and times, as in the first visit.",
        "From my page.",
        {"my-week": "as it is stored", "my-week-wrong": "hours not said"},
    ),
    TourPage(
        "my-pause",
        "A pause",
        "Nothing is asked until the volunteer is back.",
        "From my week.",
        {"my-pause": "the question"},
    ),
    TourPage(
        "my-time-off", "Time off", "Weeks in which nothing is planned.", "From my week.", {"my-time-off": "none yet"}
    ),
    TourPage(
        "invitation",
        "An invitation",
        "For people whose profile was imported: see it, and say yes or no.",
        "Through the sign-in.",
        {"invitation": "a link that has ended", "invitation-code": "with the field for the code"},
        ("invitation", "claim-code"),
    ),
    TourPage("calendar", "The calendar", "The meetings, as a file for a calendar program.", "By a subscribed address."),
]

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

ROOMS = {
    "Visitors": VISITOR_PAGES,
    "Accounts": ACCOUNT_PAGES,
    "The first visit of a volunteer": START_PAGES,
    "Volunteers": VOLUNTEER_PAGES,
    "Campaigns": CAMPAIGN_PAGES,
}

TOUR_PICTURES = {
    "home-desk-light": "The first page at the width of a desk: a promise with a date, and two doors.",
    "start-fits-phone-light": "On a phone: the open places that fit a visitor today, before any address is asked.",
    "offer-phone-light": "On a phone: an offer with its clock, the work and the reason.",
    "desk-everything-phone-light": "On a phone: a volunteer’s page, with five things that wait.",
    "campaign-desk-accepted-desk-light": "A campaign’s desk: a person said yes and waits for the answer.",
    "campaign-person-accepted-desk-light": "A person who said yes, as the campaign sees them, and the answer.",
}
"""The pictures that the documentation shows, as they are without scrolling, and what they show."""
