"""Threads of requests before their work: a draft, and published ones that have no people yet."""

from campaigns.actions.requests import draft_request
from campaigns.draft_rules import RequestDraft, RoleDraft
from demo.seed.states import EASTERN
from demo.story.setting import Setting
from demo.story.steps import publish_draft
from demo.story.threads import Thread

EMAIL_TITLE = "A welcome series by email"


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
                tasks="Write the emails in the campaign's email tool, and send them.",
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


REQUEST_THREADS = (
    draft_unpublished_request,
    publish_early_request,
    publish_request_to_review,
)
