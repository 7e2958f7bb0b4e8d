"""Threads of people who said of an open role that they would like it, each with another end, or none yet."""

from campaigns.actions.roles_and_seats import close_role
from campaigns.draft_rules import RequestDraft, RoleDraft
from campaigns.models import Role
from demo.logins import (
    CALLED_OFF_EMAIL,
    EXPIRED_EMAIL,
    KATHMANDU_EMAIL,
    LONG_NAME_EMAIL,
    NEWCOMER_EMAIL,
    PAUSED_EMAIL,
    VOLUNTEER_EMAIL,
    WAITING_EMAIL,
)
from demo.seed.states import EASTERN
from demo.story.request_threads import EMAIL_TITLE
from demo.story.setting import Setting
from demo.story.steps import ask_for_role, publish_draft
from demo.story.threads import Thread
from demo.story.website_threads import WEBSITE_TITLE
from matching.lifecycle.actions.interests import withdraw_interest

SMALL_JOBS_TITLE = "Small jobs between the debates"


def publish_small_jobs(setting: Setting) -> Thread:
    """A request with many small roles. One of them is closed, as its work is no longer needed."""
    roles = [
        ("Analyst", "data-analysis", "Draw three charts from public figures."),
        ("Photographer", "photography", "Take pictures at two fairs."),
        ("Search helper", "seo", "Give each page a title that people search for."),
        ("Accessibility tester", "accessibility", "Read the site with a screen reader, and write down what fails."),
        ("Designer", "brand-identity", "Draw a badge for the people who knock on doors."),
        ("Sticker designer", "brand-identity", "Draw two stickers that can be read from a car."),
    ]
    draft = RequestDraft(
        title=SMALL_JOBS_TITLE,
        summary="Six small things that nobody on staff has time for.",
        starts_on=setting.in_days(7),
        ends_on=setting.in_days(34),
        time_zone=EASTERN,
        roles=[
            RoleDraft(name=name, skill=skill, level=2, hours_per_week=1, tasks=tasks) for name, skill, tasks in roles
        ],
    )
    request = publish_draft(setting.manager, setting.campaign, draft, at=(yield setting.on_day(30, 9)))
    at = yield setting.on_day(4, 10, 30)
    close_role(actor=setting.manager, role=Role.objects.get(request=request, name="Photographer"), at=at)


def ask_and_wait(setting: Setting) -> Thread:
    """The volunteer asked for two roles: one was not to be. The other came after the pause, and waits."""
    ask_for_role(setting, VOLUNTEER_EMAIL, SMALL_JOBS_TITLE, "Designer", at=(yield setting.on_day(13, 20)))
    ask_for_role(setting, VOLUNTEER_EMAIL, SMALL_JOBS_TITLE, "Sticker designer", at=(yield setting.hours_ago(3)))


def ask_as_newcomer(setting: Setting) -> Thread:
    """The newcomer found something on the board right after signing up."""
    ask_for_role(setting, NEWCOMER_EMAIL, EMAIL_TITLE, "Email marketer", at=(yield setting.hours_ago(5.5)))


def ask_before_offer(setting: Setting) -> Thread:
    """An interest that an offer of the same role answers."""
    ask_for_role(setting, WAITING_EMAIL, WEBSITE_TITLE, "Copywriter", at=(yield setting.on_day(5, 20)))


def ask_for_what_others_do(setting: Setting) -> Thread:
    """An interest in a place that another person took."""
    ask_for_role(setting, LONG_NAME_EMAIL, WEBSITE_TITLE, "Designer", at=(yield setting.on_day(27, 20)))


def ask_for_what_is_closed(setting: Setting) -> Thread:
    """An interest in a role that was closed some days ago."""
    ask_for_role(setting, CALLED_OFF_EMAIL, SMALL_JOBS_TITLE, "Photographer", at=(yield setting.on_day(8, 18)))


def ask_in_vain(setting: Setting) -> Thread:
    """An interest whose date came without an offer."""
    ask_for_role(setting, EXPIRED_EMAIL, SMALL_JOBS_TITLE, "Search helper", at=(yield setting.on_day(10, 19)))


def ask_and_take_back(setting: Setting) -> Thread:
    """An interest that its volunteer took back."""
    at = yield setting.on_day(2, 9)
    interest = ask_for_role(setting, KATHMANDU_EMAIL, SMALL_JOBS_TITLE, "Accessibility tester", at=at)
    withdraw_interest(actor=setting.find_user(KATHMANDU_EMAIL), interest=interest, at=(yield setting.on_day(1, 9)))


def ask_and_pause(setting: Setting) -> Thread:
    """An interest that waits with its volunteer, who paused before its date."""
    ask_for_role(setting, PAUSED_EMAIL, SMALL_JOBS_TITLE, "Analyst", at=(yield setting.on_day(29, 20)))


INTEREST_THREADS = (
    publish_small_jobs,
    ask_and_wait,
    ask_as_newcomer,
    ask_before_offer,
    ask_for_what_others_do,
    ask_for_what_is_closed,
    ask_in_vain,
    ask_and_take_back,
    ask_and_pause,
)
