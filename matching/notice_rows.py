"""Read the rows that one recipient's notices are about: once for all of them, and only those that are used."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from uuid import UUID

from campaigns.models import Member, Request
from campaigns.queries import EDITOR_POSITIONS, may_review
from core.models import Notice, User
from matching.engine.explain import Emptiness
from matching.lifecycle.queries.matches import matches_in_meetings, matches_offered_to, matches_visible_to
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import IncidentWatch, Interest, Match, Message, Pin, ProblemReport, Run
from matching.open_roles.fits_limit import count_fits_answer
from matching.open_roles.queries.fits import Fits, find_fits_of_volunteer
from matching.rules.sides import MatchSide
from matching.rules.states import MatchState
from matching.runs.queries.outcomes import find_why_empty
from matching.runs.queries.pins import pins_visible_to
from matching.snapshot.open_seats import empty_seats
from volunteers.models import Volunteer


class NoticeRows:
    """The rows that the subjects of some notices name. All notices have the same recipient.

    A subject whose row no longer exists gives None.
    """

    def __init__(self, notices: Sequence[Notice]) -> None:
        self._notices = notices
        self._reader = notices[0].recipient
        self._empty_seats: dict[int, tuple[int, list[Emptiness]]] | None = None
        self._fits: dict[int, Fits | None] = {}

    def find_match(self, notice: Notice) -> Match | None:
        """Return the match that a notice is about, with its volunteer and request."""
        return self._matches.get(notice.subjects.get("match", ""))

    def side_of_reader(self, match: Match) -> MatchSide | None:
        """Return the recipient's side in a match, as `side_of_user` does, without a query for each match."""
        if self._reader is None:
            return None
        if match.volunteer.user_id == self._reader.pk:
            return MatchSide.VOLUNTEER if match.pk in self._offered_match_ids else None
        if match.request.campaign_id in self._campaign_ids:
            return MatchSide.CAMPAIGN
        return MatchSide.REVIEWER if match.pk in self._reviewed_match_ids else None

    def has_message(self, notice: Notice) -> bool:
        """Return whether the message that a notice is about still exists."""
        return notice.subjects.get("message") in self._messages

    def find_open_report(self, match: Match) -> ProblemReport | None:
        """Return the open problem report of a match that is due first."""
        return self._reports.get(match.pk)

    def find_request(self, notice: Notice) -> Request | None:
        """Return the request that a notice is about."""
        return self._requests.get(notice.subjects.get("request", ""))

    def find_incident_watch(self, request: Request) -> IncidentWatch | None:
        """Return who watches over an incident."""
        watch: IncidentWatch | None = getattr(request, "watch", None)
        return watch

    def is_reader(self, user: User) -> bool:
        """Return whether a user is the recipient."""
        return user == self._reader

    def is_reviewer_of(self, request: Request) -> bool:
        """Return whether the recipient is a reviewer without a part in the request's contest."""
        return self._reader is not None and may_review(self._reader, request.campaign)

    def find_request_being_staffed(self, notice: Notice) -> Request | None:
        """Return the published request that a notice is about, if the recipient acts for its campaign."""
        request = self.find_request(notice)
        return (
            request if request and request.campaign_id in self._campaign_ids and request.state == "published" else None
        )

    def is_editor_of(self, request: Request) -> bool:
        """Return whether the recipient acts for the request's campaign."""
        return request.campaign_id in self._campaign_ids

    def find_attended_match(self, request: Request) -> Match | None:
        """Return the recipient's own match in a request whose meetings they attend, with its volunteer."""
        return self._attended_matches.get(request.pk)

    def has_people_at_work(self, request: Request) -> bool:
        """Return whether a volunteer is at work on a request, and contact with them is not paused."""
        return request.pk in self._requests_at_work

    def find_empty_seats(self, request: Request, at: datetime) -> tuple[int, list[Emptiness]]:
        """Return the number of a request's empty seats, and for each role why they are empty."""
        if self._empty_seats is None:
            self._empty_seats = self._read_empty_seats(at)
        return self._empty_seats.get(request.pk, (0, []))

    def find_waiting_volunteer(self, notice: Notice) -> Volunteer | None:
        """Return the active volunteer that a notice is about, if they have neither an offer nor a project."""
        return self._waiting_volunteers.get(notice.subjects.get("volunteer", ""))

    def find_fits(self, volunteer: Volunteer, at: datetime) -> Fits | None:
        """Return what fits the recipient; None when they have asked too often, as an inbox is rendered when read."""
        if self._reader is None or self._reader.pk != volunteer.user_id:
            return None
        if volunteer.pk not in self._fits:
            is_allowed = count_fits_answer(self._reader.pk, at=at).is_allowed
            self._fits[volunteer.pk] = find_fits_of_volunteer(volunteer, at=at) if is_allowed else None
        return self._fits[volunteer.pk]

    def find_ended_interest(self, notice: Notice) -> Interest | None:
        """Return the interest that a notice is about, if it is the recipient's own and has ended."""
        return self._ended_interests.get(notice.subjects.get("ended_interest", ""))

    def find_waiting_pin(self, notice: Notice) -> Pin | None:
        """Return the pin that a notice is about, if it waits still and the recipient may see it."""
        return self._waiting_pins.get(notice.subjects.get("pin", ""))

    def _subject_ids(self, key: str) -> list[UUID]:
        public_ids = {notice.subjects.get(key) for notice in self._notices}
        return [UUID(public_id) for public_id in public_ids if public_id]

    @cached_property
    def _matches(self) -> dict[str, Match]:
        rows = Match.objects.select_related("volunteer", "request__campaign").filter(
            public_id__in=self._subject_ids("match")
        )
        return {str(row.public_id): row for row in rows}

    @cached_property
    def _offered_match_ids(self) -> set[int]:
        assert self._reader is not None
        return set(matches_offered_to(self._reader).filter(pk__in=self._match_ids).values_list("pk", flat=True))

    @cached_property
    def _reviewed_match_ids(self) -> set[int]:
        if self._reader is None or not self._reader.is_reviewer:
            return set()
        return set(matches_visible_to(self._reader).filter(pk__in=self._match_ids).values_list("pk", flat=True))

    @cached_property
    def _campaign_ids(self) -> set[int]:
        memberships = Member.objects.filter(user=self._reader, position__in=EDITOR_POSITIONS)
        return set(memberships.values_list("campaign_id", flat=True))

    @cached_property
    def _messages(self) -> set[str]:
        rows = Message.objects.filter(public_id__in=self._subject_ids("message"), match__in=self._match_ids)
        return {str(public_id) for public_id in rows.values_list("public_id", flat=True)}

    @cached_property
    def _reports(self) -> dict[int, ProblemReport]:
        rows = ProblemReport.objects.filter(match__in=self._match_ids, handled_at=None).order_by("-answer_due_at")
        return {row.match_id: row for row in rows}

    @cached_property
    def _requests(self) -> dict[str, Request]:
        rows = Request.objects.select_related("campaign__candidate", "contact", "watch__reviewer").prefetch_related(
            "windows"
        )
        rows = rows.filter(public_id__in=self._subject_ids("request"))
        return {str(row.public_id): row for row in rows}

    @cached_property
    def _attended_matches(self) -> dict[int, Match]:
        own = matches_in_meetings().filter(volunteer__user=self._reader, request__in=list(self._requests.values()))
        return {row.request_id: row for row in own.select_related("volunteer")}

    @cached_property
    def _requests_at_work(self) -> set[int]:
        at_work = matches_in_meetings().filter(state=MatchState.ACTIVE, request__in=list(self._requests.values()))
        return set(at_work.values_list("request", flat=True))

    @cached_property
    def _ended_interests(self) -> dict[str, Interest]:
        own = Interest.objects.filter(volunteer__user=self._reader, ended_at__isnull=False)
        rows = own.filter(public_id__in=self._subject_ids("ended_interest")).select_related("volunteer")
        return {str(row.public_id): row for row in rows}

    @cached_property
    def _waiting_pins(self) -> dict[str, Pin]:
        if self._reader is None:
            return {}
        rows = pins_visible_to(self._reader).filter(public_id__in=self._subject_ids("pin")).exclude(obstacle="")
        return {str(row.public_id): row for row in rows}

    @cached_property
    def _waiting_volunteers(self) -> dict[str, Volunteer]:
        busy = Match.objects.filter(state__in=["offered", "accepted", "active"]).values("volunteer")
        rows = Volunteer.objects.filter(public_id__in=self._subject_ids("volunteer"), state="active").exclude(
            pk__in=busy
        )
        return {str(row.public_id): row for row in rows}

    def _read_empty_seats(self, at: datetime) -> dict[int, tuple[int, list[Emptiness]]]:
        request_ids = [row.pk for row in self._requests.values()]
        seats = empty_seats(policy=get_active_policy(), at=at).filter(role__request__in=request_ids)
        roles: dict[int, list[int]] = {}
        for request, role in seats.order_by("role").values_list("role__request", "role"):
            roles.setdefault(request, []).append(role)
        run = Run.objects.filter(state=Run.State.DONE, dry_run=False, is_limited=False).order_by("-finished_at").first()
        reasons = find_why_empty(run, {role for role_ids in roles.values() for role in role_ids}) if run else {}
        return {
            request: (len(role_ids), [reasons[role] for role in dict.fromkeys(role_ids) if role in reasons])
            for request, role_ids in roles.items()
        }

    @property
    def _match_ids(self) -> list[int]:
        return [row.pk for row in self._matches.values()]
