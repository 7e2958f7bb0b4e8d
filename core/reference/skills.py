"""The skills that Handraiser ships: its branches, and the skills below them.

A parent stands before its children. `vetted_for` is the vetting mark that work with the skill needs, "" for none.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Vetting = Literal["", "voter_files", "money", "ad_accounts", "credentials", "incidents"]


class SkillEntry(NamedTuple):
    """A branch (its parent is "") or a skill; the description says in one sentence what a person with it does."""

    code: str
    name: str
    parent: str
    description: str
    vetted_for: Vetting = ""


SKILLS: tuple[SkillEntry, ...] = (
    SkillEntry("design", "Design", "", "Decides how things look, read and behave for the people who use them."),
    SkillEntry("ux-research", "UX research", "design", "Plans studies of what people need and where they get stuck."),
    SkillEntry("user-interviews", "User interviews", "design", "Talks with users and writes down what was learnt."),
    SkillEntry("ui-design", "UI design", "design", "Draws screens, forms and their states, ready to build."),
    SkillEntry(
        "interaction-design", "Interaction design", "design", "Shapes the steps that lead a person through a task."
    ),
    SkillEntry("graphic-design", "Graphic design", "design", "Makes leaflets, signs and images for screen and print."),
    SkillEntry("brand-identity", "Brand identity", "design", "Gives a campaign its logo, colors and type, with rules."),
    SkillEntry(
        "accessibility", "Accessibility", "design", "Finds and removes what shuts out people with disabilities."
    ),
    SkillEntry("engineering", "Engineering", "", "Builds websites and software, and keeps them running."),
    SkillEntry("front-end", "Front end", "engineering", "Builds the part of a site that runs in the browser."),
    SkillEntry("back-end", "Back end", "engineering", "Builds servers, interfaces and the databases behind them."),
    SkillEntry("mobile-apps", "Mobile apps", "engineering", "Builds applications for phones and tablets."),
    SkillEntry("devops", "DevOps", "engineering", "Sets up hosting, releases, monitoring and backups."),
    SkillEntry(
        "cms", "Website builders", "engineering", "Sets up and edits sites in WordPress, Squarespace and the like."
    ),
    SkillEntry("qa-testing", "QA and testing", "engineering", "Tries out what was built and reports what fails."),
    SkillEntry(
        "integrations", "Integrations", "engineering", "Connects one tool to another so that nobody retypes records."
    ),
    SkillEntry("data", "Data", "", "Turns records into answers that a campaign can act on."),
    SkillEntry("data-analysis", "Data analysis", "data", "Answers questions from records, with spreadsheets or SQL."),
    SkillEntry("data-engineering", "Data engineering", "data", "Builds the pipelines that clean and deliver records."),
    SkillEntry(
        "data-science", "Data science", "data", "Predicts turnout, support or gifts, and says how sure that is."
    ),
    SkillEntry(
        "data-visualization", "Data visualization", "data", "Shows figures in charts and dashboards people can read."
    ),
    SkillEntry("web-analytics", "Web analytics", "data", "Measures what visitors of a site do, and what to improve."),
    SkillEntry(
        "survey-research", "Survey research", "data", "Writes questionnaires, draws samples and weighs the answers."
    ),
    SkillEntry("mapping", "Mapping", "data", "Draws maps of districts, streets and results."),
    SkillEntry("security", "Security", "", "Protects a campaign's people, accounts and information."),
    SkillEntry(
        "incident-response",
        "Incident response",
        "security",
        "Stops a break-in to accounts or computers, and repairs it.",
        "incidents",
    ),
    SkillEntry(
        "account-hardening",
        "Account hardening",
        "security",
        "Secures accounts with strong sign-in and the least access.",
        "credentials",
    ),
    SkillEntry(
        "threat-assessment", "Threat assessment", "security", "Names who might attack, how, and what to do first."
    ),
    SkillEntry(
        "security-training", "Security training", "security", "Teaches staff to spot phishing and to work safely."
    ),
    SkillEntry(
        "device-security", "Device security", "security", "Sets up laptops and phones to be encrypted and updated."
    ),
    SkillEntry(
        "site-security", "Website security", "security", "Tests sites for weaknesses and shields them from attacks."
    ),
    SkillEntry("product", "Product and projects", "", "Chooses what is worth doing and sees that it gets done."),
    SkillEntry(
        "product-management", "Product management", "product", "Decides with users and builders what comes next."
    ),
    SkillEntry(
        "project-management", "Project management", "product", "Keeps plan, people and dates of a project together."
    ),
    SkillEntry("needs-scoping", "Scoping", "product", "Turns a campaign's wish into a task with a clear end."),
    SkillEntry(
        "vendor-selection", "Choosing tools", "product", "Compares tools and vendors, and says which one to take."
    ),
    SkillEntry(
        "process-design", "Process design", "product", "Makes recurring work simpler and writes down how it goes."
    ),
    SkillEntry("content", "Content", "", "Finds the words for what a campaign has to say."),
    SkillEntry("copywriting", "Copywriting", "content", "Writes short text that moves people to act."),
    SkillEntry("editing", "Editing", "content", "Makes other people's text clear, correct and consistent."),
    SkillEntry("speechwriting", "Speechwriting", "content", "Writes what a candidate says aloud."),
    SkillEntry("content-strategy", "Content strategy", "content", "Plans what to publish where, when and for whom."),
    SkillEntry("policy-writing", "Policy writing", "content", "Explains positions and proposals in plain words."),
    SkillEntry(
        "press-relations", "Press relations", "content", "Writes news for journalists and answers what they ask."
    ),
    SkillEntry("digital", "Digital outreach", "", "Reaches supporters and voters where they are online."),
    SkillEntry(
        "email-marketing", "Email marketing", "digital", "Writes, tests and sends emails that raise help or money."
    ),
    SkillEntry(
        "email-deliverability", "Email deliverability", "digital", "Sees to it that email arrives and is not spam."
    ),
    SkillEntry(
        "performance-marketing",
        "Performance marketing",
        "digital",
        "Buys and tunes online ads against a measured goal.",
        "ad_accounts",
    ),
    SkillEntry("social-media", "Social media", "digital", "Plans posts, publishes them and answers replies."),
    SkillEntry("texting", "Texting", "digital", "Texts voters who agreed to it, or sets up the texts."),
    SkillEntry("seo", "Search visibility", "digital", "Helps people to find a site through search engines."),
    SkillEntry(
        "relational-organizing", "Relational organizing", "digital", "Helps supporters to win over people they know."
    ),
    SkillEntry("media", "Video and graphics", "", "Makes pictures, film and sound."),
    SkillEntry("video-editing", "Video editing", "media", "Cuts footage into clips with captions, for every channel."),
    SkillEntry("video-production", "Video production", "media", "Plans, lights and films interviews and events."),
    SkillEntry("motion-graphics", "Motion graphics", "media", "Animates type, charts and drawings."),
    SkillEntry("photography", "Photography", "media", "Takes and edits portraits and pictures of events."),
    SkillEntry(
        "audio-production", "Audio production", "media", "Records, cleans and mixes sound for spots and podcasts."
    ),
    SkillEntry("illustration", "Illustration", "media", "Draws pictures and icons that explain or invite."),
    SkillEntry("operations", "Operations", "", "Keeps the office behind a campaign lawful, paid and staffed."),
    SkillEntry(
        "fundraising-systems",
        "Fundraising systems",
        "operations",
        "Sets up donation pages and donor records, and checks them.",
        "money",
    ),
    SkillEntry("compliance", "Compliance", "operations", "Prepares the reports that election law asks for.", "money"),
    SkillEntry(
        "bookkeeping", "Bookkeeping", "operations", "Records what comes in and goes out, and reconciles it.", "money"
    ),
    SkillEntry(
        "grassroots-fundraising",
        "Fundraising",
        "operations",
        "Asks for gifts, and plans appeals and events that raise money.",
    ),
    SkillEntry("recruiting", "Hiring and people", "operations", "Finds, hires and looks after staff and volunteers."),
    SkillEntry(
        "translation", "Translation", "operations", "Says in another language what was said or written, faithfully."
    ),
    SkillEntry(
        "event-planning", "Event planning", "operations", "Organizes places, people and equipment for an event."
    ),
    SkillEntry(
        "field-tech", "Field technology", "", "Reaches voters at the door and by phone, and runs the tools for it."
    ),
    SkillEntry(
        "voter-file",
        "Voter file",
        "field-tech",
        "Builds lists and targets from the voter file, and keeps it clean.",
        "voter_files",
    ),
    SkillEntry(
        "canvassing-tools",
        "Canvassing tools",
        "field-tech",
        "Knocks on doors, or prepares the lists, maps and app for it.",
        "voter_files",
    ),
    SkillEntry(
        "phone-banking", "Phone banking", "field-tech", "Calls voters by phone, or sets up the calls.", "voter_files"
    ),
    SkillEntry(
        "volunteer-tools", "Volunteer tools", "field-tech", "Runs sign-up forms, shifts and reminders for volunteers."
    ),
    SkillEntry("crm", "Supporter database", "field-tech", "Sets up and cleans the records of supporters and contacts."),
    SkillEntry(
        "voter-protection-tools",
        "Voter protection",
        "field-tech",
        "Helps voters who have trouble at the polls, and logs it.",
    ),
)
