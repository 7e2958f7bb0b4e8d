"""The skills that the installation begins with: ten branches, and the skills below them.

A parent stands before its children. `vetted_for` is the vetting mark that work with the skill asks for, "" for none.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

VettingCode = Literal["", "voter_files", "money", "ad_accounts", "credentials", "incidents"]


class SkillSeed(NamedTuple):
    """A branch (its parent is "") or a skill: what whoever has it does, in one sentence."""

    code: str
    name: str
    parent: str
    description: str
    vetted_for: VettingCode = ""


SKILL_SEEDS: tuple[SkillSeed, ...] = (
    SkillSeed("design", "Design", "", "Decides how things look, read and behave for the people who use them."),
    SkillSeed("ux-research", "UX research", "design", "Plans studies of what people need and where they get stuck."),
    SkillSeed("user-interviews", "User interviews", "design", "Talks with users and writes down what was learnt."),
    SkillSeed("ui-design", "UI design", "design", "Draws screens, forms and their states, ready to build."),
    SkillSeed(
        "interaction-design", "Interaction design", "design", "Shapes the steps that lead a person through a task."
    ),
    SkillSeed("graphic-design", "Graphic design", "design", "Makes leaflets, signs and images for screen and print."),
    SkillSeed("brand-identity", "Brand identity", "design", "Gives a campaign its logo, colours and type, with rules."),
    SkillSeed("accessibility", "Accessibility", "design", "Finds and removes what shuts out people with disabilities."),
    SkillSeed("engineering", "Engineering", "", "Builds websites and software, and keeps them running."),
    SkillSeed("front-end", "Front end", "engineering", "Builds the part of a site that runs in the browser."),
    SkillSeed("back-end", "Back end", "engineering", "Builds servers, interfaces and the databases behind them."),
    SkillSeed("mobile-apps", "Mobile apps", "engineering", "Builds applications for phones and tablets."),
    SkillSeed("devops", "DevOps", "engineering", "Sets up hosting, releases, monitoring and backups."),
    SkillSeed(
        "cms", "Website builders", "engineering", "Sets up and edits sites in WordPress, Squarespace and the like."
    ),
    SkillSeed("qa-testing", "QA and testing", "engineering", "Tries out what was built and reports what fails."),
    SkillSeed(
        "integrations", "Integrations", "engineering", "Connects one tool to another so that nobody retypes records."
    ),
    SkillSeed("data", "Data", "", "Turns records into answers that a campaign can act on."),
    SkillSeed("data-analysis", "Data analysis", "data", "Answers questions from records, with spreadsheets or SQL."),
    SkillSeed("data-engineering", "Data engineering", "data", "Builds the pipelines that clean and deliver records."),
    SkillSeed("data-science", "Data science", "data", "Models turnout, support or giving, and says how sure it is."),
    SkillSeed(
        "data-visualization", "Data visualization", "data", "Shows figures in charts and dashboards people can read."
    ),
    SkillSeed("web-analytics", "Web analytics", "data", "Measures what visitors of a site do, and what to improve."),
    SkillSeed(
        "survey-research", "Survey research", "data", "Writes questionnaires, draws samples and weighs the answers."
    ),
    SkillSeed("mapping", "Mapping", "data", "Draws maps of districts, turf and results."),
    SkillSeed("security", "Security", "", "Protects a campaign's people, accounts and information."),
    SkillSeed(
        "incident-response",
        "Incident response",
        "security",
        "Contains a break-in, finds its cause and helps to recover.",
        "incidents",
    ),
    SkillSeed(
        "account-hardening",
        "Account hardening",
        "security",
        "Secures accounts with strong sign-in and the least access.",
        "credentials",
    ),
    SkillSeed(
        "threat-assessment", "Threat assessment", "security", "Names who might attack, how, and what to do first."
    ),
    SkillSeed(
        "security-training", "Security training", "security", "Teaches staff to spot phishing and to work safely."
    ),
    SkillSeed(
        "device-security", "Device security", "security", "Sets up laptops and phones to be encrypted and updated."
    ),
    SkillSeed(
        "site-security", "Website security", "security", "Tests sites for weaknesses and shields them from floods."
    ),
    SkillSeed("product", "Product and projects", "", "Chooses what is worth doing and sees that it gets done."),
    SkillSeed(
        "product-management", "Product management", "product", "Decides with users and builders what comes next."
    ),
    SkillSeed(
        "project-management", "Project management", "product", "Keeps plan, people and dates of a project together."
    ),
    SkillSeed("needs-scoping", "Scoping", "product", "Turns a campaign's wish into a task with a clear end."),
    SkillSeed(
        "vendor-selection", "Choosing tools", "product", "Compares tools and vendors, and says which one to take."
    ),
    SkillSeed(
        "process-design", "Process design", "product", "Makes recurring work simpler and writes down how it goes."
    ),
    SkillSeed("content", "Content", "", "Finds the words for what a campaign has to say."),
    SkillSeed("copywriting", "Copywriting", "content", "Writes short text that moves people to act."),
    SkillSeed("editing", "Editing", "content", "Makes other people's text clear, correct and consistent."),
    SkillSeed("speechwriting", "Speechwriting", "content", "Writes what a candidate says aloud."),
    SkillSeed("content-strategy", "Content strategy", "content", "Plans what to publish where, when and for whom."),
    SkillSeed("policy-writing", "Policy writing", "content", "Explains positions and proposals in plain words."),
    SkillSeed("press-relations", "Press relations", "content", "Writes releases and answers what journalists ask."),
    SkillSeed("digital", "Digital outreach", "", "Reaches supporters and voters where they are online."),
    SkillSeed(
        "email-marketing", "Email marketing", "digital", "Writes, tests and sends emails that raise help or money."
    ),
    SkillSeed(
        "email-deliverability", "Email deliverability", "digital", "Sees to it that email arrives and is not spam."
    ),
    SkillSeed(
        "performance-marketing",
        "Performance marketing",
        "digital",
        "Buys and tunes online ads against a measured goal.",
        "ad_accounts",
    ),
    SkillSeed("social-media", "Social media", "digital", "Plans posts, publishes them and answers replies."),
    SkillSeed("texting", "Texting", "digital", "Runs text message programmes that respect consent."),
    SkillSeed("seo", "Search visibility", "digital", "Helps people to find a site through search engines."),
    SkillSeed(
        "relational-organizing", "Relational organizing", "digital", "Helps supporters to win over people they know."
    ),
    SkillSeed("media", "Video and graphics", "", "Makes pictures, film and sound."),
    SkillSeed("video-editing", "Video editing", "media", "Cuts footage into clips with captions, for every channel."),
    SkillSeed("video-production", "Video production", "media", "Plans, lights and films interviews and events."),
    SkillSeed("motion-graphics", "Motion graphics", "media", "Animates type, charts and drawings."),
    SkillSeed("photography", "Photography", "media", "Takes and edits portraits and pictures of events."),
    SkillSeed(
        "audio-production", "Audio production", "media", "Records, cleans and mixes sound for spots and podcasts."
    ),
    SkillSeed("illustration", "Illustration", "media", "Draws pictures and icons that explain or invite."),
    SkillSeed("operations", "Operations", "", "Keeps the office behind a campaign lawful, paid and staffed."),
    SkillSeed(
        "fundraising-systems",
        "Fundraising systems",
        "operations",
        "Sets up donation pages and donor records, and checks them.",
        "money",
    ),
    SkillSeed("compliance", "Compliance", "operations", "Prepares the reports that election law asks for.", "money"),
    SkillSeed(
        "bookkeeping", "Bookkeeping", "operations", "Records what comes in and goes out, and reconciles it.", "money"
    ),
    SkillSeed(
        "grassroots-fundraising", "Fundraising", "operations", "Plans small-donor drives and events that raise money."
    ),
    SkillSeed("recruiting", "Hiring and people", "operations", "Finds, hires and looks after staff and volunteers."),
    SkillSeed("translation", "Translation", "operations", "Carries text from one language into another, faithfully."),
    SkillSeed("event-planning", "Event planning", "operations", "Organizes places, people and equipment for an event."),
    SkillSeed("field-tech", "Field technology", "", "Runs the tools that door-knockers and callers depend on."),
    SkillSeed(
        "voter-file",
        "Voter file",
        "field-tech",
        "Builds lists and targets from the voter file, and keeps it clean.",
        "voter_files",
    ),
    SkillSeed(
        "canvassing-tools",
        "Canvassing tools",
        "field-tech",
        "Cuts turf, prepares walk lists and helps canvassers with the app.",
        "voter_files",
    ),
    SkillSeed(
        "phone-banking", "Phone banking", "field-tech", "Sets up dialers, scripts and call lists.", "voter_files"
    ),
    SkillSeed(
        "volunteer-tools", "Volunteer tools", "field-tech", "Runs sign-up forms, shifts and reminders for volunteers."
    ),
    SkillSeed("crm", "Supporter database", "field-tech", "Sets up and cleans the records of supporters and contacts."),
    SkillSeed(
        "voter-protection-tools",
        "Voter protection",
        "field-tech",
        "Runs hotlines and the tools that log polling trouble.",
    ),
)
