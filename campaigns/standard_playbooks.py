"""The playbooks that Handraiser ships with.

Levels run from 1 to 5, hours are hours a week. Three playbooks suit volunteers with two hours a week.
"""

from typing import NamedTuple


class PlaybookRoleTemplate(NamedTuple):
    """One role in a playbook."""

    name: str
    skill: str
    level: int
    hours_per_week: int
    tasks: str = ""
    seat_count: int = 1
    is_lead: bool = False
    makes_decisions: bool = False
    vetted_for: str = ""
    nice_to_have_skills: tuple[str, ...] = ()


class PlaybookTemplate(NamedTuple):
    """One typical project. Its texts go into requests, where volunteers read them: so they say “the campaign”."""

    code: str
    name: str
    summary: str
    weeks: int
    staffing: str
    deliverables: tuple[str, ...]
    parts: tuple[PlaybookRoleTemplate, ...]


PLAYBOOK_TEMPLATES = (
    PlaybookTemplate(
        "website",
        "Website",
        "A site that says who the candidate is, takes sign-ups and donations, and that the campaign can edit.",
        8,
        "whole",
        (
            "A site on the campaign's own domain",
            "A page that takes donations",
            "A sign-up form tied to the list",
            "A hand-over",
        ),
        (
            PlaybookRoleTemplate(
                "Lead",
                "project-management",
                3,
                4,
                tasks="Keep the plan and its dates, talk with the campaign each week, and say who does what next.",
                is_lead=True,
                nice_to_have_skills=("product-management",),
            ),
            PlaybookRoleTemplate(
                "Front end",
                "front-end",
                3,
                5,
                tasks="Build the pages that the designer has drawn, and make them work for everyone, on phones too.",
                seat_count=2,
                nice_to_have_skills=("cms", "accessibility"),
            ),
            PlaybookRoleTemplate(
                "Designer",
                "ui-design",
                3,
                4,
                tasks="Draw how the pages look on a phone and a big screen: colours, letters and pictures.",
                nice_to_have_skills=("brand-identity", "accessibility"),
            ),
            PlaybookRoleTemplate(
                "Analyst",
                "web-analytics",
                2,
                2,
                tasks="Count visitors, and write a short note each week: what people read, and where they stop.",
                nice_to_have_skills=("seo",),
            ),
            PlaybookRoleTemplate(
                "Copywriter",
                "copywriting",
                3,
                3,
                tasks="Write the words of the site: who the candidate is, what they stand for, and why to sign up.",
                nice_to_have_skills=("content-strategy",),
            ),
        ),
    ),
    PlaybookTemplate(
        "email",
        "Email programme",
        "A welcome series, a calendar of appeals, and a list that reaches inboxes.",
        10,
        "rolling",
        ("A welcome series", "A calendar of appeals", "Authentication records that pass", "A weekly report"),
        (
            PlaybookRoleTemplate(
                "Lead",
                "email-marketing",
                4,
                4,
                tasks="Plan which emails go to whom and when, and check each one before it is sent.",
                is_lead=True,
                nice_to_have_skills=("content-strategy",),
            ),
            PlaybookRoleTemplate(
                "Email marketer",
                "email-marketing",
                3,
                4,
                tasks="Write and send emails with the campaign's mail tool, and try out which ones people open.",
                seat_count=2,
                nice_to_have_skills=("copywriting",),
            ),
            PlaybookRoleTemplate(
                "Analyst",
                "data-analysis",
                2,
                3,
                tasks="Count who opens the emails, see that they reach inboxes, and report it each week.",
                nice_to_have_skills=("email-deliverability",),
            ),
        ),
    ),
    PlaybookTemplate(
        "ads",
        "Ads",
        "Search and social advertising with a plan, a budget and a report that says what each sign-up cost.",
        8,
        "rolling",
        ("A plan with a budget", "Running ads in the campaign's own accounts", "A weekly report"),
        (
            PlaybookRoleTemplate(
                "Lead",
                "performance-marketing",
                4,
                4,
                tasks="Plan where the ads run and what they may cost, and look at the spending each week.",
                is_lead=True,
                vetted_for="ad_accounts",
            ),
            PlaybookRoleTemplate(
                "Performance marketer",
                "performance-marketing",
                3,
                5,
                tasks="Set up ads in the campaign's accounts, try out versions, and stop those that bring nobody.",
                vetted_for="ad_accounts",
                nice_to_have_skills=("copywriting", "video-editing"),
            ),
            PlaybookRoleTemplate(
                "Analyst",
                "web-analytics",
                3,
                3,
                tasks="Work out what each sign-up cost, and write each week which ads were worth it.",
                nice_to_have_skills=("data-visualization",),
            ),
        ),
    ),
    PlaybookTemplate(
        "texting",
        "Texting",
        "Peer-to-peer texting that follows the rules: scripts, segments and people who answer.",
        6,
        "rolling",
        ("Scripts that were tried out", "Segments", "A rota of people who answer"),
        (
            PlaybookRoleTemplate(
                "Lead",
                "texting",
                3,
                4,
                tasks="Write and try out the scripts, plan who texts when, and see that the rules are kept.",
                is_lead=True,
                nice_to_have_skills=("volunteer-tools",),
            ),
            PlaybookRoleTemplate(
                "Texter",
                "texting",
                1,
                3,
                tasks="Send prepared text messages to the people on a list, and answer those who write back.",
                seat_count=3,
                nice_to_have_skills=("translation",),
            ),
        ),
    ),
    PlaybookTemplate(
        "data",
        "Data",
        "The campaign's lists cleaned and joined, and one dashboard that says where it stands.",
        8,
        "rolling",
        ("One clean list", "A dashboard", "Notes on how to refresh both"),
        (
            PlaybookRoleTemplate(
                "Lead",
                "data-analysis",
                4,
                4,
                tasks="Decide which lists are joined and how, check the result, and explain it to the campaign.",
                is_lead=True,
                vetted_for="voter_files",
            ),
            PlaybookRoleTemplate(
                "Data engineer",
                "data-engineering",
                3,
                5,
                tasks="Bring lists from different tools together, and write the programs that keep them up to date.",
                vetted_for="voter_files",
            ),
            PlaybookRoleTemplate(
                "Analyst",
                "data-analysis",
                3,
                4,
                tasks="Clean lists in spreadsheets, find doubles and mistakes, and draw charts that anyone can read.",
                seat_count=2,
                nice_to_have_skills=("data-visualization", "mapping"),
            ),
        ),
    ),
    PlaybookTemplate(
        "social-media",
        "Social media",
        "A calendar, templates that the campaign's staff can fill in, and short films that people finish.",
        8,
        "rolling",
        ("A calendar for two months", "Templates", "Six short films"),
        (
            PlaybookRoleTemplate(
                "Lead",
                "social-media",
                3,
                4,
                tasks="Plan what is posted when, and look after the templates and the films.",
                is_lead=True,
            ),
            PlaybookRoleTemplate(
                "Designer",
                "graphic-design",
                2,
                3,
                tasks="Make picture templates that the campaign's staff can fill in with their own words.",
                nice_to_have_skills=("motion-graphics",),
            ),
            PlaybookRoleTemplate(
                "Video editor",
                "video-editing",
                3,
                4,
                tasks="Cut six short films from what the campaign has recorded, and add subtitles.",
            ),
        ),
    ),
    PlaybookTemplate(
        "security-check",
        "Security check-up",
        "Two hours with somebody who makes the campaign's accounts and devices hard to break into.",
        2,
        "rolling",
        ("Second factors on every account", "A list of what to do next"),
        (
            PlaybookRoleTemplate(
                "Security adviser",
                "account-hardening",
                3,
                2,
                tasks="Go through accounts and devices with the staff on a call, and switch on what protects them.",
                vetted_for="credentials",
                nice_to_have_skills=("device-security", "threat-assessment"),
            ),
        ),
    ),
    PlaybookTemplate(
        "scoping-session",
        "One-hour scoping session",
        "One hour with somebody who has run such projects: what the campaign needs, in which order, and what can wait.",
        1,
        "rolling",
        ("One page: what, by when, by whom",),
        (
            PlaybookRoleTemplate(
                "Scoping partner",
                "needs-scoping",
                3,
                1,
                tasks="Talk for an hour about what the campaign needs and what can wait, and write it on one page.",
                nice_to_have_skills=("project-management",),
            ),
        ),
    ),
    PlaybookTemplate(
        "on-call",
        "On call",
        "Somebody to ask, two hours a week, when a page breaks or a list will not load.",
        12,
        "rolling",
        ("An answer within a day",),
        (
            PlaybookRoleTemplate(
                "On-call engineer",
                "engineering",
                3,
                2,
                tasks="Answer the campaign's questions within a day, and repair a page or a list that does not load.",
                nice_to_have_skills=("cms", "devops", "integrations"),
            ),
        ),
    ),
)
