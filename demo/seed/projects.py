"""What the demo's campaigns ask for, by playbook: how often, under which titles, and who is asked for besides."""

from typing import NamedTuple


class Extra(NamedTuple):
    """A role that some requests have besides those of their playbook."""

    name: str
    skill: str
    level: int
    hours: int
    vetted_for: str = ""


class Project(NamedTuple):
    """How often requests follow the playbook, what they are called, and which roles some of them add."""

    weight: float
    titles: tuple[str, ...]
    extras: tuple[Extra, ...] = ()


PROJECTS = {
    "website": Project(
        27,
        (
            "New website with donations",
            "Website before the filing date",
            "A website that staff can edit",
            "Site rebuild",
        ),
        (
            Extra("Back end", "back-end", 3, 4),
            Extra("Site builder", "cms", 2, 3),
            Extra("UX researcher", "ux-research", 3, 3),
            Extra("Tester", "qa-testing", 2, 2),
            Extra("Accessibility reviewer", "accessibility", 3, 2),
            Extra("Site security", "site-security", 3, 2),
        ),
    ),
    "email": Project(
        14,
        ("Welcome series for new supporters", "Email that reaches inboxes", "A calendar of appeals"),
        (
            Extra("Copywriter", "copywriting", 3, 3),
            Extra("Deliverability adviser", "email-deliverability", 3, 2),
            Extra("Designer", "graphic-design", 2, 2),
        ),
    ),
    "ads": Project(
        10,
        ("Ads for early voting", "Search ads that pay for themselves", "First ads, small budget"),
        (Extra("Video editor", "video-editing", 3, 4), Extra("Designer", "graphic-design", 3, 3)),
    ),
    "texting": Project(
        12,
        ("Texting for turnout", "Text conversations with new voters", "Event invitations by text"),
        (Extra("Copywriter", "copywriting", 2, 2), Extra("Translator", "translation", 3, 2)),
    ),
    "data": Project(
        14,
        ("One clean supporter list", "A dashboard for the field team", "Turnout figures by precinct"),
        (
            Extra("Data scientist", "data-science", 3, 4),
            Extra("Mapper", "mapping", 2, 2),
            Extra("Integrations engineer", "integrations", 3, 3),
            Extra("Database keeper", "crm", 2, 3),
        ),
    ),
    "social-media": Project(
        12,
        ("A content calendar and templates", "Short films for the last month", "Social media with two staff"),
        (Extra("Copywriter", "copywriting", 2, 2), Extra("Photographer", "photography", 2, 2)),
    ),
    "security-check": Project(5, ("Security check-up for the staff", "Safe accounts before the launch")),
    "scoping-session": Project(3, ("What should we build first?", "An hour to plan our digital work")),
    "on-call": Project(3, ("Somebody to ask until election day", "On-call help for the website")),
}
BRIEFS = (
    "Two people on staff, one laptop each, and no in-house developer. Logins are handed over at the first meeting.",
    "We tried this last cycle with a vendor and ran out of money. The old files are in a shared folder.",
    "The candidate signs off on everything public. Plan a day for that, and two in the last fortnight.",
    "Most of our voters are on phones with slow connections. What we have today takes twelve seconds to load.",
    "The volunteers we have are keen and untrained: whatever you leave behind must come with one page of notes.",
)
