"""Where and when the story takes place: the present moment, the demo's main users and the manager's campaign."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from campaigns.models import Campaign, Member
from core.models import User
from demo.logins import MANAGER_EMAIL, REVIEWER_EMAIL
from demo.seed.states import EASTERN
from volunteers.models import Volunteer

MIN_DAYS_TO_VOTE = 60
"""Under six weeks before the vote the clocks are shorter. A request that is some days old should not come to that."""


@dataclass(frozen=True)
class Setting:
    """The moment that counts as now, and who takes part."""

    now: datetime
    reviewer: User
    manager: User
    campaign: Campaign
    _users: dict[str, User] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day in the story's zone."""
        return self.now.astimezone(ZoneInfo(EASTERN)).date()

    def in_days(self, days: int) -> date:
        """Return the day so many days from today; a negative number gives a day that is over."""
        return self.today + timedelta(days=days)

    def on_day(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        """Return a time of the day `days_ago` days ago, 1 or more, on the clocks of the story's zone."""
        return datetime.combine(self.in_days(-days_ago), time(hour, minute), ZoneInfo(EASTERN))

    def hours_ago(self, hours: float) -> datetime:
        """Return the moment so many hours ago, however late it was then."""
        return self.now - timedelta(hours=hours)

    def find_user(self, email: str) -> User:
        """Return the account with this address, always the same object: actions keep it up to date."""
        if email not in self._users:
            self._users[email] = User.objects.get(email=email)
        return self._users[email]

    def find_volunteer(self, email: str) -> Volunteer:
        """Return the profile of the account with this address, as it is now."""
        return Volunteer.objects.get(user__email=email)

    def find_other_manager(self) -> User:
        """Return the manager of a verified campaign for another office whose vote is far; else the demo's manager."""
        contest = self.campaign.candidate.contest
        vote_is_far = Q(primary_on=None) | Q(primary_on__lt=self.today)
        vote_is_far |= Q(primary_on__gt=self.in_days(MIN_DAYS_TO_VOTE))
        others = Campaign.objects.filter(
            state=Campaign.State.VERIFIED,
            candidate__contest__election_on__gt=self.in_days(MIN_DAYS_TO_VOTE),
            candidate__contest__in=type(contest).objects.filter(vote_is_far).exclude(pk=contest.pk),
        )
        member = Member.objects.filter(campaign__in=others, position=Member.Position.MANAGER).order_by("campaign", "pk")
        found = member.select_related("user").first()
        return self.find_user(found.user.email) if found else self.manager


def read_setting(at: datetime) -> Setting:
    """Return the setting of a demo that has just been seeded. Raises DoesNotExist where there is none."""
    campaigns = Campaign.objects.select_related("candidate__contest")
    setting = Setting(
        now=at,
        reviewer=User.objects.get(email=REVIEWER_EMAIL),
        manager=User.objects.get(email=MANAGER_EMAIL),
        campaign=campaigns.get(members__user__email=MANAGER_EMAIL),
    )
    setting._users.update({user.email: user for user in (setting.reviewer, setting.manager)})
    return setting
