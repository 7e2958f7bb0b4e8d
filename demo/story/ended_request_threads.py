"""Threads of requests that end: one is called off, the work of another is handed over."""

from datetime import timedelta

from campaigns.actions.request_ends import cancel_request
from campaigns.draft_rules import RequestDraft, RoleDraft
from demo.logins import CALLED_OFF_EMAIL, LONG_THREAD_EMAIL
from demo.seed.states import EASTERN
from demo.story.setting import Setting
from demo.story.steps import begin_work, exchange_messages, offer_seat, publish_draft, sign_up, tick_lines
from demo.story.threads import Thread
from matching.lifecycle.actions.campaign_answers import finish_work
from matching.rules.checklists import ChecklistStage
from matching.rules.sides import MatchSide

SUPPORTER_LIST_TITLE = "One clean list of supporters"
FILMS_TITLE = "Short films for the launch"
COUNTIES = (
    *("Adams", "Blaine", "Calhoun", "Carver", "Dalton", "Ellis", "Fairfield", "Grant", "Harlan", "Iron"),
    *("Jasper", "Keene", "Lake", "Marion", "Norton", "Orange", "Pike", "Quincy", "Ross", "Stark"),
)


def call_off_films(setting: Setting) -> Thread:
    """A request that was cancelled while a volunteer thought about its offer."""
    draft = RequestDraft(
        title=FILMS_TITLE,
        summary="Three films of a minute each, for the day of the launch.",
        starts_on=setting.in_days(-10),
        ends_on=setting.in_days(18),
        time_zone=EASTERN,
        roles=[
            RoleDraft(
                name="Video editor",
                skill="video-editing",
                level=3,
                hours_per_week=3,
                tasks="Cut short films from what the campaign has recorded, and add subtitles.",
            )
        ],
    )
    sign_up(setting, CALLED_OFF_EMAIL, at=(yield setting.on_day(28, 8)))
    request = publish_draft(setting.manager, setting.campaign, draft, at=(yield setting.on_day(26, 10)))
    offer_seat(setting, FILMS_TITLE, "Video editor", CALLED_OFF_EMAIL, at=(yield setting.on_day(24, 10)))
    cancel_request(actor=setting.manager, request=request, at=(yield setting.on_day(23, 15)))


def hand_supporter_list_over(setting: Setting) -> Thread:
    """Work with a very long thread of messages, which is being handed over."""
    draft = RequestDraft(
        title=SUPPORTER_LIST_TITLE,
        summary="The lists of twenty counties, cleaned and joined.",
        starts_on=setting.in_days(-52),
        ends_on=setting.in_days(10),
        time_zone=EASTERN,
        channel="Messages here",
        roles=[
            RoleDraft(
                name="Data steward",
                skill="crm",
                level=3,
                hours_per_week=3,
                tasks="Keep the list of supporters tidy: new names in, doubles out, old addresses mended.",
            )
        ],
    )
    sign_up(setting, LONG_THREAD_EMAIL, at=(yield setting.on_day(59, 9)))
    publish_draft(setting.manager, setting.campaign, draft, at=(yield setting.on_day(58, 9)))
    match = yield from begin_work(
        setting,
        SUPPORTER_LIST_TITLE,
        "Data steward",
        LONG_THREAD_EMAIL,
        offered=setting.on_day(55, 10),
        accepted=setting.on_day(54, 20),
        confirmed=setting.on_day(53, 10),
    )
    # The note with the yes is the first message.
    messages = []
    for number, county in enumerate(COUNTIES):
        # Two counties an evening, every fourth day.
        evening = setting.on_day(50 - 4 * (number // 2), 19, 30 * (number % 2))
        done = f"The list of {county} county is done: {210 + 37 * number} people, {9 + number} of them twice."
        messages.append((evening, MatchSide.VOLUNTEER, done))
        messages.append((evening + timedelta(minutes=12), MatchSide.CAMPAIGN, f"Thank you. {county} is loaded."))
    yield from exchange_messages(setting, match, messages[:-1])
    match = finish_work(actor=setting.manager, match=match, at=(yield setting.on_day(6, 16)))
    volunteer, stage = setting.find_user(LONG_THREAD_EMAIL), ChecklistStage.CLOSING
    tick_lines(volunteer, match, stage, "deliverables", at=(yield setting.on_day(5, 19)))
    tick_lines(setting.manager, match, stage, "revoked", at=(yield setting.on_day(4, 9)))


ENDED_REQUEST_THREADS = (
    call_off_films,
    hand_supporter_list_over,
)
