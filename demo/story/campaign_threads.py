"""Threads of the manager's campaign: its members, its requests at each stage, and a second campaign that waits."""

from datetime import timedelta

from campaigns.actions.campaigns import register_campaign
from campaigns.actions.candidate_links import send_candidate_link
from campaigns.actions.candidate_stops import stop_campaign
from campaigns.actions.invitations import accept_invitation, invite_member
from campaigns.actions.request_ends import cancel_request
from campaigns.actions.requests import draft_request
from campaigns.draft_rules import Candidacy, RequestDraft, RoleDraft
from campaigns.link_tokens import derive_link_token
from campaigns.models import Member
from campaigns.notice_types import CampaignNotice
from core.enums import OfficeLevel
from demo.logins import (
    CALLED_OFF_EMAIL,
    EXPIRED_EMAIL,
    KATHMANDU_EMAIL,
    LONG_NAME_EMAIL,
    LONG_THREAD_EMAIL,
    STAFF_EMAIL,
    TREASURER_EMAIL,
    WAITING_EMAIL,
)
from demo.seed.contests import find_next_tuesday
from demo.seed.names import TOWNS
from demo.seed.states import EASTERN
from demo.story.setting import Setting
from demo.story.steps import (
    accept_as_volunteer,
    begin_work,
    exchange_messages,
    offer_seat,
    publish_draft,
    sign_up,
    tick_lines,
)
from demo.story.threads import Thread
from matching.lifecycle.actions.campaign_answers import finish_work
from matching.lifecycle.actions.problem_reports import report_problem
from matching.rules.checklists import ChecklistStage
from matching.rules.problem_kinds import ProblemKind
from matching.rules.sides import MatchSide

WEBSITE_TITLE = "A website for the town halls"
EMAIL_TITLE = "A welcome series by email"
SUPPORTER_LIST_TITLE = "One clean list of supporters"
FILMS_TITLE = "Short films for the launch"
COUNTIES = (
    *("Adams", "Blaine", "Calhoun", "Carver", "Dalton", "Ellis", "Fairfield", "Grant", "Harlan", "Iron"),
    *("Jasper", "Keene", "Lake", "Marion", "Norton", "Orange", "Pike", "Quincy", "Ross", "Stark"),
)


def invite_members(setting: Setting) -> Thread:
    """Two members joined months ago, and one invitation is open."""
    joined = ((66, STAFF_EMAIL, Member.Position.STAFF), (64, TREASURER_EMAIL, Member.Position.TREASURER))
    for days_ago, email, position in joined:
        at = yield setting.on_day(days_ago, 10)
        invitation = invite_member(
            actor=setting.manager, campaign=setting.campaign, email=email, position=position, at=at
        )
        token = derive_link_token(CampaignNotice.MEMBER_INVITATION, invitation.public_id)
        accept_invitation(actor=setting.find_user(email), token=token, at=(yield setting.on_day(days_ago, 16)))
    at = yield setting.on_day(2, 11)
    invite_member(actor=setting.manager, campaign=setting.campaign, email="press@demo.example", position="staff", at=at)


def register_second_campaign(setting: Setting) -> Thread:
    """The manager registered another campaign some hours ago. Its candidate has the link, and has not answered."""
    candidacy = Candidacy(
        jurisdiction="US-PA",
        level=OfficeLevel.LOCAL,
        office="School Board",
        district=TOWNS[0],
        election_on=find_next_tuesday(setting.in_days(180)),
        candidate="Rosalind Achterberg",
        party="commons",
    )
    at = yield setting.hours_ago(5)
    campaign = register_campaign(
        actor=setting.manager, candidacy=candidacy, name="Rosalind Achterberg for School Board", at=at
    )
    at = yield setting.hours_ago(3)
    send_candidate_link(actor=setting.reviewer, campaign=campaign, email="rosalind@achterberg.example", at=at)


def stop_third_campaign(setting: Setting) -> Thread:
    """A candidate stopped the campaign that a member registered in their name. A reviewer is to call them."""
    candidacy = Candidacy(
        jurisdiction="US-PA",
        level=OfficeLevel.LOCAL,
        office="City Council",
        district=TOWNS[1],
        election_on=find_next_tuesday(setting.in_days(180)),
        candidate="Amos Whitlock",
    )
    campaign = register_campaign(
        actor=setting.find_user(STAFF_EMAIL),
        candidacy=candidacy,
        name="Amos Whitlock for City Council",
        at=(yield setting.on_day(3, 10)),
    )
    at = yield setting.on_day(2, 11)
    link = send_candidate_link(actor=setting.reviewer, campaign=campaign, email="amos@whitlock.example", at=at)
    token = derive_link_token(CampaignNotice.CANDIDATE_LINK, link.public_id)
    stop_campaign(token=token, reason="I never asked for this. Who are they?", at=(yield setting.hours_ago(8)))


def draft_unpublished_request(setting: Setting) -> Thread:
    """A draft that no person was asked for yet."""
    draft = RequestDraft(title="Figures by precinct", starts_on=setting.in_days(35), playbook="data", time_zone=EASTERN)
    draft_request(actor=setting.manager, campaign=setting.campaign, draft=draft, at=(yield setting.on_day(3, 15)))


def publish_early_request(setting: Setting) -> Thread:
    """A published request without a person: it begins after the days that runs look ahead."""
    draft = RequestDraft(
        title="Answer voters by text",
        summary="People who answer voters' texts in the last weeks, by a script.",
        starts_on=setting.in_days(50),
        ends_on=setting.in_days(77),
        time_zone=EASTERN,
        roles=[
            RoleDraft(
                name="Lead",
                skill="texting",
                level=3,
                hours_per_week=4,
                tasks="Write and try out the scripts, plan who texts when, and see that the rules are kept.",
                is_lead=True,
            ),
            RoleDraft(
                name="Texter",
                skill="texting",
                level=1,
                hours_per_week=2,
                tasks="Send prepared text messages to the people on a list, and answer those who write back.",
                seat_count=3,
            ),
        ],
    )
    publish_draft(setting.manager, setting.campaign, draft, at=(yield setting.hours_ago(3)))


def publish_request_to_review(setting: Setting) -> Thread:
    """A request for which the next run finds people, so that it is in review."""
    draft = RequestDraft(
        title=EMAIL_TITLE,
        summary="Five letters that greet new supporters, and one that asks them to help.",
        brief="The candidate reads each letter before it leaves.",
        starts_on=setting.in_days(14),
        ends_on=setting.in_days(55),
        time_zone=EASTERN,
        roles=[
            RoleDraft(
                name="Email marketer",
                skill="email-marketing",
                level=3,
                hours_per_week=2,
                tasks="Write the emails in the campaign's mail tool, and send them.",
                seat_count=2,
            ),
            RoleDraft(
                name="Copywriter",
                skill="copywriting",
                level=3,
                hours_per_week=2,
                tasks="Write short texts in the campaign's voice, and take corrections.",
            ),
        ],
    )
    publish_draft(setting.manager, setting.campaign, draft, at=(yield setting.on_day(2, 9, 30)))


def publish_website(setting: Setting) -> Thread:
    """The request whose team is at several stages."""
    draft = RequestDraft(
        title=WEBSITE_TITLE,
        summary="Pages that say where the candidate speaks next, with a form to sign up.",
        brief="Two people on staff, one laptop each, and no developer. The domain is ours.",
        out_of_scope="Donations: they stay where they are.",
        channel="Messages here, and a call when something breaks",
        starts_on=setting.in_days(-21),
        ends_on=setting.in_days(35),
        time_zone=EASTERN,
        roles=[
            RoleDraft(
                name="Designer",
                skill="ui-design",
                level=3,
                hours_per_week=4,
                tasks="Draw a mark, colours and letters that fit the campaign, and hand over files that it can use.",
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


CAMPAIGN_THREADS = (
    invite_members,
    register_second_campaign,
    stop_third_campaign,
    draft_unpublished_request,
    publish_early_request,
    publish_request_to_review,
    publish_website,
    work_with_long_name,
    wait_for_confirmation,
    get_offer_in_kathmandu,
    let_offer_expire,
    call_off_films,
    hand_supporter_list_over,
)
