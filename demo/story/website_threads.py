"""Threads of the request for a website, whose team is at several stages."""

from campaigns.draft_rules import RequestDraft, RoleDraft
from demo.logins import EXPIRED_EMAIL, KATHMANDU_EMAIL, LONG_NAME_EMAIL, WAITING_EMAIL
from demo.seed.states import EASTERN
from demo.story.setting import Setting
from demo.story.steps import accept_as_volunteer, begin_work, exchange_messages, offer_seat, publish_draft, sign_up
from demo.story.threads import Thread
from matching.lifecycle.actions.problem_reports import report_problem
from matching.rules.problem_kinds import ProblemKind
from matching.rules.sides import MatchSide

WEBSITE_TITLE = "A website for the town halls"


def publish_website(setting: Setting) -> Thread:
    """The request whose team is at several stages."""
    draft = RequestDraft(
        title=WEBSITE_TITLE,
        summary="Pages that say where the candidate speaks next, with a form to sign up.",
        brief="Two people on staff, one laptop each, and no developer. The domain is ours.",
        out_of_scope="Donations: they stay where they are.",
        channel="Messages here, and a call when something breaks",
        starts_on=setting.in_days(-22),
        ends_on=setting.in_days(35),
        time_zone=EASTERN,
        roles=[
            RoleDraft(
                name="Designer",
                skill="ui-design",
                level=3,
                hours_per_week=4,
                tasks="Draw a mark, colors and letters that fit the campaign, and hand over files that it can use.",
            ),
            RoleDraft(
                name="Front end",
                skill="front-end",
                level=3,
                hours_per_week=4,
                tasks="Build the pages that the designer has drawn, and make them work on phones.",
                seat_count=2,
            ),
            RoleDraft(
                name="Copywriter",
                skill="copywriting",
                level=3,
                hours_per_week=3,
                tasks="Write short texts in the campaign's voice, and take corrections.",
            ),
            RoleDraft(
                name="Analyst",
                skill="web-analytics",
                level=2,
                hours_per_week=2,
                tasks="Count visitors, and write a short note each week: what people read, and where they stop.",
            ),
        ],
    )
    publish_draft(setting.manager, setting.campaign, draft, at=(yield setting.on_day(32, 10)))


def work_with_long_name(setting: Setting) -> Thread:
    """A team-mate with a very long name, who reported a problem some hours ago."""
    sign_up(setting, LONG_NAME_EMAIL, at=(yield setting.on_day(28, 20)))
    match = yield from begin_work(
        setting,
        WEBSITE_TITLE,
        "Front end",
        LONG_NAME_EMAIL,
        offered=setting.on_day(23, 11),
        accepted=setting.on_day(22, 19),
        confirmed=setting.on_day(21, 9, 15),
    )
    texts = ("Welcome! Your own account is set up.", "The form works. Thank you.", "Can the map wait a week?")
    written = zip((setting.on_day(20, 10), setting.on_day(14, 9), setting.on_day(8, 12)), texts, strict=True)
    yield from exchange_messages(setting, match, [(moment, MatchSide.CAMPAIGN, text) for moment, text in written])
    yield from exchange_messages(
        setting, match, [(setting.on_day(2, 9), MatchSide.CAMPAIGN, "Please load the donors' list into the form, too.")]
    )
    at = yield setting.hours_ago(5)
    text = "I was asked to load a list of donors. That was not part of what I said yes to."
    report_problem(actor=setting.find_user(LONG_NAME_EMAIL), match=match, kind=ProblemKind.PROMISE, text=text, at=at)


def wait_for_confirmation(setting: Setting) -> Thread:
    """A volunteer who said yes with a note, and waits for the campaign's answer."""
    sign_up(setting, WAITING_EMAIL, at=(yield setting.on_day(5, 18, 30)))
    match = offer_seat(setting, WEBSITE_TITLE, "Copywriter", WAITING_EMAIL, at=(yield setting.hours_ago(43)))
    note = "I wrote for two town halls last year. I can start on Thursday, and I would like to meet the candidate once."
    accept_as_volunteer(setting, match, note=note, at=(yield setting.hours_ago(20)))


def get_offer_in_kathmandu(setting: Setting) -> Thread:
    """An offer whose clock runs in a zone with a quarter of an hour."""
    sign_up(setting, KATHMANDU_EMAIL, at=(yield setting.on_day(3, 9)))
    offer_seat(setting, WEBSITE_TITLE, "Front end", KATHMANDU_EMAIL, at=(yield setting.hours_ago(7)))


def let_offer_expire(setting: Setting) -> Thread:
    """An offer that was not answered in time. The clock ends it, as the last event of this thread lets it."""
    sign_up(setting, EXPIRED_EMAIL, at=(yield setting.on_day(11, 12)))
    match = offer_seat(setting, WEBSITE_TITLE, "Analyst", EXPIRED_EMAIL, at=(yield setting.on_day(7, 11)))
    assert match.due_at is not None
    yield match.due_at


WEBSITE_THREADS = (
    publish_website,
    work_with_long_name,
    wait_for_confirmation,
    get_offer_in_kathmandu,
    let_offer_expire,
)
