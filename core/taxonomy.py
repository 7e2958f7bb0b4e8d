"""The skills that the installation begins with: ten branches, and the skills below them.

A parent stands before its children. `vetted_for` is the vetting mark that work with the skill asks for, "" for none.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Vetting = Literal["", "voter_files", "money", "ad_accounts", "credentials", "incidents"]


class Entry(NamedTuple):
    """A branch (its parent is "") or a skill: what whoever has it does, in one sentence."""

    code: str
    name: str
    parent: str
    description: str
    vetted_for: Vetting = ""


ENTRIES: tuple[Entry, ...] = (
    Entry("design", "Design", "", "Decides how things look, read and behave for the people who use them."),
    Entry("ux-research", "UX research", "design", "Plans studies of what people need and where they get stuck."),
    Entry("user-interviews", "User interviews", "design", "Talks with users and writes down what was learnt."),
    Entry("ui-design", "UI design", "design", "Draws screens, forms and their states, ready to build."),
    Entry("interaction-design", "Interaction design", "design", "Shapes the steps that lead a person through a task."),
    Entry("graphic-design", "Graphic design", "design", "Makes leaflets, signs and images for screen and print."),
    Entry("brand-identity", "Brand identity", "design", "Gives a campaign its logo, colours and type, with rules."),
    Entry("accessibility", "Accessibility", "design", "Finds and removes what shuts out people with disabilities."),
    Entry("engineering", "Engineering", "", "Builds websites and software, and keeps them running."),
    Entry("front-end", "Front end", "engineering", "Builds the part of a site that runs in the browser."),
    Entry("back-end", "Back end", "engineering", "Builds servers, interfaces and the databases behind them."),
    Entry("mobile-apps", "Mobile apps", "engineering", "Builds applications for phones and tablets."),
    Entry("devops", "DevOps", "engineering", "Sets up hosting, releases, monitoring and backups."),
    Entry("cms", "Website builders", "engineering", "Sets up and edits sites in WordPress, Squarespace and the like."),
    Entry("qa-testing", "QA and testing", "engineering", "Tries out what was built and reports what fails."),
    Entry(
        "integrations", "Integrations", "engineering", "Connects one tool to another so that nobody retypes records."
    ),
    Entry("data", "Data", "", "Turns records into answers that a campaign can act on."),
    Entry("data-analysis", "Data analysis", "data", "Answers questions from records, with spreadsheets or SQL."),
    Entry("data-engineering", "Data engineering", "data", "Builds the pipelines that clean and deliver records."),
    Entry("data-science", "Data science", "data", "Models turnout, support or giving, and says how sure it is."),
    Entry(
        "data-visualization", "Data visualization", "data", "Shows figures in charts and dashboards people can read."
    ),
    Entry("web-analytics", "Web analytics", "data", "Measures what visitors of a site do, and what to improve."),
    Entry("survey-research", "Survey research", "data", "Writes questionnaires, draws samples and weighs the answers."),
    Entry("mapping", "Mapping", "data", "Draws maps of districts, turf and results."),
    Entry("security", "Security", "", "Protects a campaign's people, accounts and information."),
    Entry(
        "incident-response",
        "Incident response",
        "security",
        "Contains a break-in, finds its cause and helps to recover.",
        "incidents",
    ),
    Entry(
        "account-hardening",
        "Account hardening",
        "security",
        "Secures accounts with strong sign-in and the least access.",
        "credentials",
    ),
    Entry("threat-assessment", "Threat assessment", "security", "Names who might attack, how, and what to do first."),
    Entry("security-training", "Security training", "security", "Teaches staff to spot phishing and to work safely."),
    Entry("device-security", "Device security", "security", "Sets up laptops and phones to be encrypted and updated."),
    Entry("site-security", "Website security", "security", "Tests sites for weaknesses and shields them from floods."),
    Entry("product", "Product and projects", "", "Chooses what is worth doing and sees that it gets done."),
    Entry("product-management", "Product management", "product", "Decides with users and builders what comes next."),
    Entry("project-management", "Project management", "product", "Keeps plan, people and dates of a project together."),
    Entry("needs-scoping", "Scoping", "product", "Turns a campaign's wish into a task with a clear end."),
    Entry("vendor-selection", "Choosing tools", "product", "Compares tools and vendors, and says which one to take."),
    Entry("process-design", "Process design", "product", "Makes recurring work simpler and writes down how it goes."),
    Entry("content", "Content", "", "Finds the words for what a campaign has to say."),
    Entry("copywriting", "Copywriting", "content", "Writes short text that moves people to act."),
    Entry("editing", "Editing", "content", "Makes other people's text clear, correct and consistent."),
    Entry("speechwriting", "Speechwriting", "content", "Writes what a candidate says aloud."),
    Entry("content-strategy", "Content strategy", "content", "Plans what to publish where, when and for whom."),
    Entry("policy-writing", "Policy writing", "content", "Explains positions and proposals in plain words."),
    Entry("press-relations", "Press relations", "content", "Writes releases and answers what journalists ask."),
    Entry("digital", "Digital outreach", "", "Reaches supporters and voters where they are online."),
    Entry("email-marketing", "Email marketing", "digital", "Writes, tests and sends emails that raise help or money."),
    Entry("email-deliverability", "Email deliverability", "digital", "Sees to it that email arrives and is not spam."),
    Entry(
        "performance-marketing",
        "Performance marketing",
        "digital",
        "Buys and tunes online ads against a measured goal.",
        "ad_accounts",
    ),
    Entry("social-media", "Social media", "digital", "Plans posts, publishes them and answers replies."),
    Entry("texting", "Texting", "digital", "Runs text message programmes that respect consent."),
    Entry("seo", "Search visibility", "digital", "Helps people to find a site through search engines."),
    Entry(
        "relational-organizing", "Relational organizing", "digital", "Helps supporters to win over people they know."
    ),
    Entry("media", "Video and graphics", "", "Makes pictures, film and sound."),
    Entry("video-editing", "Video editing", "media", "Cuts footage into clips with captions, for every channel."),
    Entry("video-production", "Video production", "media", "Plans, lights and films interviews and events."),
    Entry("motion-graphics", "Motion graphics", "media", "Animates type, charts and drawings."),
    Entry("photography", "Photography", "media", "Takes and edits portraits and pictures of events."),
    Entry("audio-production", "Audio production", "media", "Records, cleans and mixes sound for spots and podcasts."),
    Entry("illustration", "Illustration", "media", "Draws pictures and icons that explain or invite."),
    Entry("operations", "Operations", "", "Keeps the office behind a campaign lawful, paid and staffed."),
    Entry(
        "fundraising-systems",
        "Fundraising systems",
        "operations",
        "Sets up donation pages and donor records, and checks them.",
        "money",
    ),
    Entry("compliance", "Compliance", "operations", "Prepares the reports that election law asks for.", "money"),
    Entry(
        "bookkeeping", "Bookkeeping", "operations", "Records what comes in and goes out, and reconciles it.", "money"
    ),
    Entry(
        "grassroots-fundraising", "Fundraising", "operations", "Plans small-donor drives and events that raise money."
    ),
    Entry("recruiting", "Hiring and people", "operations", "Finds, hires and looks after staff and volunteers."),
    Entry("translation", "Translation", "operations", "Carries text from one language into another, faithfully."),
    Entry("event-planning", "Event planning", "operations", "Organizes places, people and equipment for an event."),
    Entry("field-tech", "Field technology", "", "Runs the tools that door-knockers and callers depend on."),
    Entry(
        "voter-file",
        "Voter file",
        "field-tech",
        "Builds lists and targets from the voter file, and keeps it clean.",
        "voter_files",
    ),
    Entry(
        "canvassing-tools",
        "Canvassing tools",
        "field-tech",
        "Cuts turf, prepares walk lists and helps canvassers with the app.",
        "voter_files",
    ),
    Entry("phone-banking", "Phone banking", "field-tech", "Sets up dialers, scripts and call lists.", "voter_files"),
    Entry(
        "volunteer-tools", "Volunteer tools", "field-tech", "Runs sign-up forms, shifts and reminders for volunteers."
    ),
    Entry("crm", "Supporter database", "field-tech", "Sets up and cleans the records of supporters and contacts."),
    Entry(
        "voter-protection-tools",
        "Voter protection",
        "field-tech",
        "Runs hotlines and the tools that log polling trouble.",
    ),
)
