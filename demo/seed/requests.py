"""Requests: each follows a playbook, with dates that fit between today, the policy's horizon and the election."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from campaigns.models import Campaign, Member, Playbook, Request, RequestWindow
from campaigns.models.playbook import Staffing
from demo.seed.campaigns import Organisations
from demo.seed.contests import Ballot
from demo.seed.places import State
from demo.seed.projects import BRIEFS, PROJECTS
from demo.seed.world import SOURCE, World

WINDOWS, MEETING = RequestWindow.Kind, timedelta(hours=1)
# Inside the first policy's horizon of 42 days, so that every published request competes.
LATEST_START = 40
FIRST_CAMPAIGN_REQUESTS = 4
PRIORITIES = {1: 12.0, 2: 26.0, 3: 38.0, 4: 17.0, 5: 7.0}
WORK_WINDOWS: Mapping[tuple[range, time, time], float] = {
    (range(5), time(17), time(23)): 50.0,
    (range(7), time(9), time(22)): 25.0,
    (range(5, 7), time(8), time(20)): 15.0,
    (range(5), time(8), time(18)): 10.0,
}
MEETING_HOURS = {time(18): 3.0, time(18, 30): 2.0, time(19): 5.0, time(20): 3.0}
WEEKEND_HOURS = {time(10): 2.0, time(11): 3.0, time(14): 2.0}


@dataclass
class Demand:
    """Requests with their playbooks by the same index, and their windows."""

    requests: list[Request] = field(default_factory=list)
    playbooks: list[Playbook] = field(default_factory=list)
    windows: list[RequestWindow] = field(default_factory=list)


def draw_requests(world: World, organisations: Organisations, ballot: Ballot, count: int) -> Demand:
    """So many requests; an unverified campaign has one draft, the demo manager's campaign has several requests."""
    drawn = Demand()
    books = {book: PROJECTS[book.code].weight for book in world.playbooks if book.code in PROJECTS}
    for number, owner in enumerate(_owners(world, organisations.campaigns, count)):
        manager, state = organisations.managers[owner], ballot.states[owner]
        book = world.chance.pick(books)
        request = _request(world, manager, state, book, number)
        drawn.requests.append(request)
        drawn.playbooks.append(book)
        drawn.windows += _windows(world, request)
    return drawn


def _owners(world: World, campaigns: list[Campaign], count: int) -> list[int]:
    verified = [row for row, one in enumerate(campaigns) if one.state == Campaign.State.VERIFIED]
    drafting = [row for row, one in enumerate(campaigns) if one.state != Campaign.State.VERIFIED]
    owners = ([0] * FIRST_CAMPAIGN_REQUESTS + drafting)[:count]
    eager = [world.chance.choice((1, 1, 2, 3)) for _ in verified]
    return owners + world.chance.choices(verified, eager, k=count - len(owners))


def _request(world: World, manager: Member, state: State, book: Playbook, number: int) -> Request:
    chance, campaign = world.chance, manager.campaign
    starts, ends = _dates(world, campaign.candidate.contest.election_on, book.weeks)
    priority = chance.pick(PRIORITIES)
    created = chance.randint(20, 72)
    request = Request(
        public_id=chance.public_id(),
        source=SOURCE,
        source_key=f"request-{number}",
        campaign=campaign,
        playbook=book,
        title=chance.choice(PROJECTS[book.code].titles),
        summary=f"{book.summary} For a campaign for {campaign.candidate.contest.office}, over {_weeks(starts, ends)}.",
        brief=chance.choice(BRIEFS),
        contact=manager,
        starts_on=starts,
        ends_on=ends,
        time_zone=state.zone,
        priority=priority,
        urgent=priority == 5 and chance.happens(0.5),
        staffing=Staffing.WHOLE if chance.happens(0.13) else Staffing.ROLLING,
        confirms_itself=chance.happens(0.1),
        created_at=world.ago(created),
    )
    if campaign.state == Campaign.State.VERIFIED and chance.happens(0.985):
        request.state = Request.State.PUBLISHED
        request.published_at = world.ago(chance.randint(max(1, (world.today - starts).days + 1), created - 1))
    return request


def _dates(world: World, election: date, typical_weeks: int) -> tuple[date, date]:
    """First and last day; a few have begun already. Nothing goes on past the election."""
    first = -world.chance.randint(3, 12) if world.chance.happens(0.06) else world.chance.randint(2, LATEST_START)
    starts = min(world.today + timedelta(days=first), election - timedelta(days=7))
    weeks = max(1, min(12, typical_weeks + world.chance.randint(-2, 2)))
    ends = max(starts + timedelta(days=7 * weeks - 1), world.today + timedelta(days=6))
    return starts, min(ends, election)


def _weeks(starts: date, ends: date) -> str:
    weeks = -(-(ends - starts).days // 7)
    return "one week" if weeks <= 1 else f"{weeks} weeks"


def _windows(world: World, request: Request) -> list[RequestWindow]:
    chance, windows = world.chance, []
    if chance.happens(0.25):
        days, starts, ends = chance.pick(WORK_WINDOWS)
        windows += [_window(request, WINDOWS.WORK, day, starts, ends) for day in days]
    if chance.happens(0.5):
        day = chance.choice((0, 1, 1, 2, 2, 3, 3, 5, 6))
        starts = chance.pick(MEETING_HOURS if day < 5 else WEEKEND_HOURS)
        windows.append(_window(request, WINDOWS.MEETING, day, starts, starts.replace(hour=starts.hour + 1)))
    return windows


def _window(request: Request, kind: str, weekday: int, starts: time, ends: time) -> RequestWindow:
    return RequestWindow(request=request, kind=kind, weekday=weekday, starts=starts, ends=ends)
