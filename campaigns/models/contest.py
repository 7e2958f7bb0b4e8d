"""Contests and the candidates in them."""

from datetime import date

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import day_triggers
from campaigns.models.contest_fold import FoldedContest
from campaigns.name_rules import MAX_CANDIDATE_NAME_LENGTH
from core.enums import OfficeLevel
from core.models import Jurisdiction, Party, PublicIdModel, build_day_bounds
from core.reference_texts import ReferenceKind, translate_reference


@pghistory.track()
class Contest(PublicIdModel):
    """One office in one election cycle. Its candidates are opponents: a volunteer serves at most one of them."""

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="contests")
    level = models.CharField(max_length=10, choices=OfficeLevel)
    office = models.CharField(max_length=80)
    district = models.CharField(max_length=80, blank=True)
    cycle = models.PositiveSmallIntegerField(help_text=_("The year in which it is decided."))
    special = models.BooleanField(default=False, help_text=_("An election outside the regular calendar."))
    primary_on = models.DateField(null=True, blank=True)
    election_on = models.DateField()

    class Meta:
        constraints = [
            # The index that finds a contest by its name, too: see `find_contest`.
            models.UniqueConstraint(
                "jurisdiction",
                "cycle",
                "special",
                FoldedContest("office", "district"),
                name="campaigns_contest_once_folded",
            ),
            models.CheckConstraint(condition=models.Q(level__in=OfficeLevel.values), name="campaigns_contest_level"),
            models.CheckConstraint(
                condition=models.Q(primary_on=None) | models.Q(primary_on__lt=models.F("election_on")),
                name="campaigns_contest_primary_first",
            ),
            *build_day_bounds("campaigns_contest", "primary_on", "election_on"),
        ]
        triggers = [day_triggers.CONTEST_DAYS]

    def __str__(self) -> str:
        district = f" {self.district}" if self.district else ""
        return f"{self.shown_office}{district}, {self.jurisdiction.shown_name}, {self.cycle}"

    @property
    def shown_office(self) -> str:
        """Return the office in the active language, where it is one of the usual ones."""
        return translate_reference(self.office, ReferenceKind.OFFICE)

    def next_election_day(self, on: date) -> date:
        """Return the next election day from `on` on: the primary while it is ahead, then the election."""
        return self.primary_on if self.primary_on and on <= self.primary_on else self.election_on


class FoldedName(models.Func):
    """A name without case, accents and spaces at its ends. `fold_text` goes further, and is no part of the database."""

    template = r"lower(trim(regexp_replace(normalize(%(expressions)s, NFKD), '[\u0300-\u036f]', '', 'g')))"
    output_field = models.TextField()


@pghistory.track()
class Candidate(PublicIdModel):
    """A person who stands in a contest: a public fact from the ballot."""

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="candidates")
    name = models.CharField(max_length=MAX_CANDIDATE_NAME_LENGTH)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="candidates")

    class Meta:
        constraints = [
            models.UniqueConstraint("contest", FoldedName("name"), name="campaigns_candidate_once_folded"),
        ]

    def __str__(self) -> str:
        return self.name
