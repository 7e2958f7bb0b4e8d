"""Draw requests, each from a playbook, with dates between today, the policy's horizon and the election."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from campaigns.models import Campaign, Member, Playbook, Request, RequestWindow
from campaigns.models.playbook import Staffing
from demo.seed.campaigns import DrawnCampaigns
from demo.seed.contests import Ballot
from demo.seed.request_templates import BRIEF_TEXTS, REQUEST_TEMPLATES
from demo.seed.states import USState
from demo.seed.world import DEMO_SOURCE, World

WINDOW_KIND, MEETING_LENGTH = RequestWindow.Kind, timedelta(hours=1)
# Inside the first policy's horizon of 42 days, so that every published request competes.
LATEST_START_DAYS = 40
FIRST_CAMPAIGN_REQUEST_COUNT = 4
PRIORITY_WEIGHTS = {1: 12.0, 2: 26.0, 3: 38.0, 4: 17.0, 5: 7.0}
WORK_WINDOW_WEIGHTS: Mapping[tuple[range, time, time], float] = {
    (range(5), time(17), time(23)): 50.0,
    (range(7), time(9), time(22)): 25.0,
    (range(5, 7), time(8), time(20)): 15.0,
    (range(5), time(8), time(18)): 10.0,
}
MEETING_TIME_WEIGHTS = {time(18): 3.0, time(18, 30): 2.0, time(19): 5.0, time(20): 3.0}
WEEKEND_MEETING_TIME_WEIGHTS = {time(10): 2.0, time(11): 3.0, time(14): 2.0}


@dataclass
class DrawnRequests:
    """Requests, their playbooks by the same index, and their windows."""

    requests: list[Request] = field(default_factory=list)
    playbooks: list[Playbook] = field(default_factory=list)
    windows: list[RequestWindow] = field(default_factory=list)


def draw_requests(world: World, drawn_campaigns: DrawnCampaigns, ballot: Ballot, count: int) -> DrawnRequests:
    """Draw `count` requests: one draft for each unverified campaign, several for the demo manager's."""
    drawn = DrawnRequests()
    playbook_weights = {
        playbook: REQUEST_TEMPLATES[playbook.code].weight
        for playbook in world.playbooks
        if playbook.code in REQUEST_TEMPLATES
    }
    for number, owner in enumerate(_draw_owners(world, drawn_campaigns.campaigns, count)):
        manager, state = drawn_campaigns.managers[owner], ballot.campaign_states[owner]
        playbook = world.rng.pick_weighted(playbook_weights)
        request = _draw_request(world, manager, state, playbook, number)
        drawn.requests.append(request)
        drawn.playbooks.append(playbook)
        drawn.windows += _draw_windows(world, request)
    return drawn


def _draw_owners(world: World, campaigns: list[Campaign], count: int) -> list[int]:
    verified = [index for index, campaign in enumerate(campaigns) if campaign.state == Campaign.State.VERIFIED]
    unverified = [index for index, campaign in enumerate(campaigns) if campaign.state != Campaign.State.VERIFIED]
    owners = ([0] * FIRST_CAMPAIGN_REQUEST_COUNT + unverified)[:count]
    weights = [world.rng.choice((1, 1, 2, 3)) for _ in verified]
    return owners + world.rng.choices(verified, weights, k=count - len(owners))


def _draw_request(world: World, manager: Member, state: USState, playbook: Playbook, number: int) -> Request:
    rng, campaign = world.rng, manager.campaign
    office = campaign.candidate.contest.office
    starts, ends = _draw_dates(world, campaign.candidate.contest.election_on, playbook.weeks)
    priority = rng.pick_weighted(PRIORITY_WEIGHTS)
    days_since_creation = rng.randint(20, 72)
    request = Request(
        public_id=rng.public_id(),
        source=DEMO_SOURCE,
        source_key=f"request-{number}",
        campaign=campaign,
        playbook=playbook,
        title=rng.choice(REQUEST_TEMPLATES[playbook.code].titles),
        summary=f"{playbook.summary} For a campaign for {office}, over {_format_weeks(starts, ends)}.",
        brief=rng.choice(BRIEF_TEXTS),
        contact=manager,
        starts_on=starts,
        ends_on=ends,
        time_zone=state.time_zone,
        priority=priority,
        urgent=priority == 5 and rng.happens(0.5),
        staffing=Staffing.WHOLE if rng.happens(0.13) else Staffing.ROLLING,
        auto_confirm=rng.happens(0.1),
        created_at=max(world.days_ago(days_since_creation), campaign.created_at),
    )
    if campaign.state == Campaign.State.VERIFIED and rng.happens(0.985):
        request.state = Request.State.PUBLISHED
        request.published_at = world.days_ago(
            rng.randint(max(1, (world.today - starts).days + 1), days_since_creation - 1)
        )
    return request


def _draw_dates(world: World, election: date, typical_weeks: int) -> tuple[date, date]:
    """Return the first and last day, at most the election day. A few requests have begun already."""
    first = -world.rng.randint(3, 12) if world.rng.happens(0.06) else world.rng.randint(2, LATEST_START_DAYS)
    starts = min(world.today + timedelta(days=first), election - timedelta(days=7))
    weeks = max(1, min(12, typical_weeks + world.rng.randint(-2, 2)))
    ends = max(starts + timedelta(days=7 * weeks - 1), world.today + timedelta(days=6))
    return starts, min(ends, election)


def _format_weeks(starts: date, ends: date) -> str:
    weeks = -(-(ends - starts).days // 7)
    return "one week" if weeks <= 1 else f"{weeks} weeks"


def _draw_windows(world: World, request: Request) -> list[RequestWindow]:
    rng, windows = world.rng, []
    if rng.happens(0.25):
        days, starts, ends = rng.pick_weighted(WORK_WINDOW_WEIGHTS)
        windows += [_build_window(request, WINDOW_KIND.WORK, day, starts, ends) for day in days]
    if rng.happens(0.5):
        day = rng.choice((0, 1, 1, 2, 2, 3, 3, 5, 6))
        starts = rng.pick_weighted(MEETING_TIME_WEIGHTS if day < 5 else WEEKEND_MEETING_TIME_WEIGHTS)
        windows.append(_build_window(request, WINDOW_KIND.MEETING, day, starts, starts.replace(hour=starts.hour + 1)))
    return windows


def _build_window(request: Request, kind: str, weekday: int, starts: time, ends: time) -> RequestWindow:
    return RequestWindow(request=request, kind=kind, weekday=weekday, starts=starts, ends=ends)
