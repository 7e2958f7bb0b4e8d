"""Threads of the demo's volunteer, and of volunteers without work."""

from datetime import time

from campaigns.draft_rules import RequestDraft, RoleDraft
from campaigns.models import Campaign
from core.enums import Weekday
from core.week_mask import Window
from demo.logins import MANAGER_EMAIL, NEWCOMER_EMAIL, PAUSED_EMAIL, VOLUNTEER_EMAIL
from demo.seed.states import EASTERN
from demo.story.setting import Setting
from demo.story.steps import begin_work, exchange_messages, offer_seat, publish_draft, read_inbox, sign_up, tick_lines
from demo.story.threads import Thread
from demo.story.website_threads import WEBSITE_TITLE
from matching.lifecycle.actions.campaign_answers import finish_work
from matching.lifecycle.actions.volunteer_answers import complete_by_volunteer
from matching.rules.checklists import ChecklistStage
from matching.rules.sides import MatchSide
from volunteers.actions.availability import confirm_availability, set_paused

LEAFLETS_TITLE = "Leaflets for the county fair"
SIGNS_TITLE = "Signs for the town hall tour"
CAMPAIGN, VOLUNTEER = MatchSide.CAMPAIGN, MatchSide.VOLUNTEER


def finish_leaflets(setting: Setting) -> Thread:
    """The volunteer's first project is completed, and the campaign has thanked for it."""
    publish_draft(setting.manager, setting.campaign, _draft_leaflets(setting), at=(yield setting.on_day(70, 9)))
    match = yield from begin_work(
        setting,
        LEAFLETS_TITLE,
        "Designer",
        VOLUNTEER_EMAIL,
        offered=setting.on_day(68, 11),
        accepted=setting.on_day(67, 19),
        confirmed=setting.on_day(66, 10),
    )
    yield from exchange_messages(
        setting,
        match,
        [
            (setting.on_day(61, 9), CAMPAIGN, "Here is the text for both leaflets."),
            (setting.on_day(57, 20), VOLUNTEER, "A first draft is in the shared folder."),
            (setting.on_day(55, 10), CAMPAIGN, "We like the second one. Could the date be larger?"),
            (setting.on_day(50, 10), CAMPAIGN, "The printer has them."),
            (setting.on_day(45, 10), CAMPAIGN, "They are on every table of the fair."),
        ],
    )
    match = finish_work(actor=setting.manager, match=match, at=(yield setting.on_day(41, 16)))
    volunteer, stage = setting.find_user(VOLUNTEER_EMAIL), ChecklistStage.CLOSING
    tick_lines(volunteer, match, stage, "deliverables", "handed_back", at=(yield setting.on_day(39, 20)))
    tick_lines(setting.manager, match, stage, "revoked", "next_owner", "thanks", at=(yield setting.on_day(38, 9)))
    thanks = "Thank you! People took the leaflets home, and three of them signed up to help."
    yield from exchange_messages(setting, match, [(setting.on_day(38, 10), CAMPAIGN, thanks)])
    complete_by_volunteer(actor=volunteer, match=match, at=(yield setting.on_day(37, 20)))


def _draft_leaflets(setting: Setting) -> RequestDraft:
    return RequestDraft(
        title=LEAFLETS_TITLE,
        summary="Two leaflets that can be read from an arm's length.",
        starts_on=setting.in_days(-63),
        ends_on=setting.in_days(-38),
        time_zone=EASTERN,
        roles=[
            RoleDraft(
                name="Designer",
                skill="brand-identity",
                level=3,
                hours_per_week=3,
                tasks="Draw a mark, colors and letters that fit the campaign, and hand over files that it can use.",
            )
        ],
    )


def work_on_website(setting: Setting) -> Thread:
    """The volunteer's project of now: the kick-off is partly done, and the last messages are unread on both sides."""
    match = yield from begin_work(
        setting,
        WEBSITE_TITLE,
        "Designer",
        VOLUNTEER_EMAIL,
        offered=setting.on_day(25, 10),
        accepted=setting.on_day(24, 20),
        confirmed=setting.on_day(22, 9),
    )
    tick_lines(setting.manager, match, ChecklistStage.KICKOFF, "scope", "owner", at=(yield setting.on_day(21, 10)))
    volunteer = setting.find_user(VOLUNTEER_EMAIL)
    tick_lines(volunteer, match, ChecklistStage.KICKOFF, "employer", at=(yield setting.on_day(21, 19)))
    yield from exchange_messages(
        setting,
        match,
        [
            (setting.on_day(20, 9), CAMPAIGN, "Welcome back! Could we meet on Thursday evening, for half an hour?"),
            (setting.on_day(20, 19), VOLUNTEER, "Thursday at seven is good. I will bring two sketches."),
            (setting.on_day(15, 10), CAMPAIGN, "The candidate prefers the second sketch, with the map on top."),
            (setting.on_day(13, 20), VOLUNTEER, "Then I draw the pages for phones first."),
            (setting.on_day(9, 9), CAMPAIGN, "Here are the dates of the next six town halls."),
            (setting.on_day(6, 21), VOLUNTEER, "All six are in. The form asks for a name and an email, no more."),
            (setting.on_day(4, 9), CAMPAIGN, "Lovely. Our counsel looks at the words beside the form."),
            (setting.hours_ago(27), VOLUNTEER, "The pages for phones are done. Is there a date for the photographs?"),
            (setting.hours_ago(6), CAMPAIGN, "The photographs come on Wednesday."),
            (setting.hours_ago(2), CAMPAIGN, "And one question: can the map show parking, too?"),
        ],
    )


def get_offer_for_signs(setting: Setting) -> Thread:
    """An offer of another campaign, with two nights to think about it."""
    manager = setting.find_other_manager()
    campaign = Campaign.objects.select_related("candidate__contest").get(members__user=manager)
    draft = RequestDraft(
        title=SIGNS_TITLE,
        summary="One look for the signs, the banner and the slides of a tour through eleven towns.",
        brief="The candidate's colors are settled. The words are not, and will change until the last week.",
        starts_on=setting.in_days(9),
        ends_on=setting.in_days(36),
        time_zone=EASTERN,
        meetings=[Window(Weekday.THURSDAY, time(18, 30), time(19, 30))],
        roles=[
            RoleDraft(
                name="Designer",
                skill="brand-identity",
                level=3,
                hours_per_week=2,
                tasks="Draw a mark, colors and letters that fit the campaign, and hand over files that it can use.",
            )
        ],
    )
    publish_draft(manager, campaign, draft, at=(yield setting.on_day(3, 11)))
    offer_seat(setting, SIGNS_TITLE, "Designer", VOLUNTEER_EMAIL, at=(yield setting.hours_ago(9)))


def confirm_and_pause(setting: Setting) -> Thread:
    """The volunteer confirmed the hours weeks ago. A short pause today ended with a hand that is raised again."""
    volunteer = setting.find_user(VOLUNTEER_EMAIL)
    confirm_availability(actor=volunteer, at=(yield setting.on_day(26, 19)))
    set_paused(actor=volunteer, is_paused=True, at=(yield setting.hours_ago(5)))
    set_paused(actor=volunteer, is_paused=False, at=(yield setting.hours_ago(4)))


def read_letters_of_volunteer(setting: Setting) -> Thread:
    """The volunteer has read all that came until a day ago."""
    days = (setting.on_day(day, 21) for day in (66, 50, 37, 24, 15, 9))
    yield from read_inbox(setting, VOLUNTEER_EMAIL, [*days, setting.hours_ago(26)])


def read_letters_of_manager(setting: Setting) -> Thread:
    """The manager has read all that came until a day and a half ago."""
    days = (setting.on_day(day, 12) for day in (66, 53, 37, 23, 12, 5))
    yield from read_inbox(setting, MANAGER_EMAIL, [*days, setting.hours_ago(36)])


def raise_first_hand(setting: Setting) -> Thread:
    """A newcomer who has nothing but a date by which an answer comes."""
    sign_up(setting, NEWCOMER_EMAIL, at=(yield setting.hours_ago(6)))


def pause_for_weeks(setting: Setting) -> Thread:
    """A volunteer who pauses."""
    sign_up(setting, PAUSED_EMAIL, at=(yield setting.on_day(30, 21)))
    set_paused(actor=setting.find_user(PAUSED_EMAIL), is_paused=True, at=(yield setting.on_day(27, 8)))


VOLUNTEER_THREADS = (
    finish_leaflets,
    work_on_website,
    get_offer_for_signs,
    confirm_and_pause,
    read_letters_of_volunteer,
    read_letters_of_manager,
    raise_first_hand,
    pause_for_weeks,
)
