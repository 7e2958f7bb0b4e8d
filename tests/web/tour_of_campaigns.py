"""What each page of campaigns is for, in words."""

from tests.web.tour_page import TourPage

PLAN_PAGES = [
    TourPage(
        "plan",
        "Go on with a plan",
        "It leads to the first step, or offers to go on with what was said before.",
        "From the home page.",
        {"plan-again": "a plan was begun"},
    ),
    TourPage(
        "plan-outcome",
        "1. What must be true",
        "The outcome in a sentence, and its day. An example is one tap away.",
        "From the home page.",
        {
            "plan-outcome": "empty",
            "plan-example": "with an example",
            "plan-outcome-wrong": "without an outcome, and with a day that is none",
        },
    ),
    TourPage(
        "plan-closest",
        "2. Which is closest",
        "The playbooks by the problems that they solve, one hour for those who are not sure, and something else.",
        "After the outcome.",
        {"plan-closest": "nothing chosen", "plan-closest-wrong": "nothing was chosen"},
    ),
    TourPage(
        "plan-role",
        "2. Something else",
        "One role of the campaign’s own: skill, hours, people and weeks.",
        "By “Something else”.",
        {"plan-role": "empty", "plan-role-wrong": "without a skill, and with too many hours"},
    ),
    TourPage(
        "plan-project",
        "3. The plan",
        "Roles, weeks, how many people could help, and what it asks of the campaign.",
        "After the choice.",
        {"plan-project": "with the playbook meter", "plan-own-project": "a role of one’s own, with too little time"},
    ),
    TourPage(
        "plan-email",
        "4. The address",
        "It sends a code.",
        "After the plan.",
        {"plan-email": "empty", "plan-email-wrong": "with an address that is none"},
    ),
    TourPage("plan-code", "5. The code", "It signs in.", "After the address.", {"plan-code": "a code was sent"}),
    TourPage(
        "plan-choice",
        "6. For which campaign",
        "Who acts for a campaign already chooses it, or another one.",
        "After the plan, in place of the race.",
        {"plan-choice": "one campaign"},
    ),
    TourPage(
        "plan-race",
        "6. The race",
        "It finds the race by words, on the list of imported ballots.",
        "After the code.",
        {"plan-race": "empty", "plan-found": "a race was found", "plan-unknown-race": "nothing was found"},
    ),
    TourPage(
        "plan-race-typed",
        "6. A race that is not listed",
        "Place, office, district and days.",
        "From the search.",
        {"plan-typed-race": "empty"},
    ),
    TourPage(
        "plan-campaign",
        "7. Whose campaign",
        "The candidate, the public filing with its phone, and a phone that works without the mail. It registers.",
        "After the race.",
        {"plan-campaign": "empty", "plan-campaign-wrong": "with a filing and a phone that are none"},
    ),
    TourPage(
        "campaign-publish",
        "8. Check and publish",
        "The plan as it is stored, who answers the volunteers, and the code of conduct.",
        "After the campaign.",
        {
            "plan-publish": "of a campaign that is not verified yet",
            "plan-own-publish": "of a verified campaign, which may check who could help",
        },
    ),
    TourPage(
        "campaign-published",
        "Published",
        "What happens, and when: the call, the candidate’s letter, the second factor, the people.",
        "After the publication.",
        {"plan-published": "of a campaign that is not verified yet"},
    ),
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
