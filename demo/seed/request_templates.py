"""Templates of the demo's requests, by playbook: frequency, titles and extra roles."""

from typing import NamedTuple


class ExtraRole(NamedTuple):
    """A role that some requests have besides those of their playbook."""

    name: str
    skill: str
    level: int
    hours_per_week: int
    tasks: str
    vetted_for: str = ""


class RequestTemplate(NamedTuple):
    """How often requests follow the playbook, their titles, and the roles that some of them add."""

    weight: float
    titles: tuple[str, ...]
    extra_roles: tuple[ExtraRole, ...] = ()


REQUEST_TEMPLATES = {
    "website": RequestTemplate(
        27,
        (
            "New website with donations",
            "Website before the filing date",
            "A website that staff can edit",
            "Site rebuild",
        ),
        (
            ExtraRole(
                "Back end",
                "back-end",
                3,
                4,
                "Build what works behind the pages: forms, sign-ups and donations that arrive.",
            ),
            ExtraRole(
                "Site builder",
                "cms",
                2,
                3,
                "Put texts and pictures into the site's editor, and show the staff how to do it.",
            ),
            ExtraRole(
                "UX researcher",
                "ux-research",
                3,
                3,
                "Watch five people use the site, and write down where they get lost.",
            ),
            ExtraRole(
                "Tester",
                "qa-testing",
                2,
                2,
                "Click through every page on a phone and a computer, and list what does not work.",
            ),
            ExtraRole(
                "Accessibility reviewer",
                "accessibility",
                3,
                2,
                "Try the site with a keyboard and a screen reader, and say what to mend.",
            ),
            ExtraRole(
                "Site security",
                "site-security",
                3,
                2,
                "Look for weak places of the site, and close them with the people who build it.",
            ),
        ),
    ),
    "email": RequestTemplate(
        14,
        ("Welcome series for new supporters", "Email that reaches inboxes", "A calendar of appeals"),
        (
            ExtraRole(
                "Copywriter", "copywriting", 3, 3, "Write short texts in the campaign's voice, and take corrections."
            ),
            ExtraRole(
                "Deliverability adviser",
                "email-deliverability",
                3,
                2,
                "Find out why emails land in spam, and set up what keeps them out.",
            ),
            ExtraRole("Designer", "graphic-design", 2, 2, "Make the pictures and layouts that the campaign sends out."),
        ),
    ),
    "ads": RequestTemplate(
        10,
        ("Ads for early voting", "Search ads that pay for themselves", "First ads, small budget"),
        (
            ExtraRole(
                "Video editor",
                "video-editing",
                3,
                4,
                "Cut short films from what the campaign has recorded, and add subtitles.",
            ),
            ExtraRole("Designer", "graphic-design", 3, 3, "Make the pictures and layouts that the campaign sends out."),
        ),
    ),
    "texting": RequestTemplate(
        12,
        ("Texting for turnout", "Text conversations with new voters", "Event invitations by text"),
        (
            ExtraRole(
                "Copywriter", "copywriting", 2, 2, "Write short texts in the campaign's voice, and take corrections."
            ),
            ExtraRole(
                "Translator",
                "translation",
                3,
                2,
                "Put the campaign's texts into another language, and read over what others translate.",
            ),
        ),
    ),
    "data": RequestTemplate(
        14,
        ("One clean supporter list", "A dashboard for the field team", "Turnout figures by precinct"),
        (
            ExtraRole(
                "Data scientist",
                "data-science",
                3,
                4,
                "Work out from past results whom to ask first, and explain how sure that is.",
            ),
            ExtraRole(
                "Mapper", "mapping", 2, 2, "Draw maps that show where the campaign has called, and where it has not."
            ),
            ExtraRole(
                "Integrations engineer",
                "integrations",
                3,
                3,
                "Connect the tools of the campaign, so that nobody types a list twice.",
            ),
            ExtraRole(
                "Database keeper",
                "crm",
                2,
                3,
                "Keep the list of supporters tidy: new names in, doubles out, old addresses mended.",
            ),
        ),
    ),
    "social-media": RequestTemplate(
        12,
        ("A content calendar and templates", "Short films for the last month", "Social media with two staff"),
        (
            ExtraRole(
                "Copywriter", "copywriting", 2, 2, "Write short texts in the campaign's voice, and take corrections."
            ),
            ExtraRole(
                "Photographer", "photography", 2, 2, "Take pictures at events, sort them, and hand over the best."
            ),
        ),
    ),
    "security-check": RequestTemplate(5, ("Security check-up for the staff", "Safe accounts before the launch")),
    "scoping-session": RequestTemplate(3, ("What should we build first?", "An hour to plan our digital work")),
    "on-call": RequestTemplate(3, ("Somebody to ask until election day", "On-call help for the website")),
}
BRIEF_TEXTS = (
    "Two people on staff, one laptop each, and no in-house developer. Logins are handed over at the first meeting.",
    "We tried this last cycle with a vendor and ran out of money. The old files are in a shared folder.",
    "The candidate signs off on everything public. Plan a day for that, and two in the last fortnight.",
    "Most of our voters are on phones with slow connections. What we have today takes twelve seconds to load.",
    "The volunteers we have are keen and untrained: whatever you leave behind must come with one page of notes.",
)
