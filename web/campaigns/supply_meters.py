"""How many people could take a role, as four blocks and always in words."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import PlaybookRole
from core.enums import CountBand

PLENTY_FOR_EACH_PLACE = 5
GOOD_FOR_EACH_PLACE = 2
_LEAST_PEOPLE = {CountBand.UNDER_FIVE: 0, CountBand.SOME: 5, CountBand.MANY: 10, CountBand.PLENTY: 25}
_BLOCKS = {
    CountBand.UNDER_FIVE: ("partly", "", "", ""),
    CountBand.SOME: ("full", "full", "", ""),
    CountBand.MANY: ("full", "full", "full", ""),
    CountBand.PLENTY: ("full", "full", "full", "full"),
}


class Verdict(StrEnum):
    """What a band means for the places of a role; the value is the style."""

    PLENTY = "plenty"
    GOOD = "good"
    TIGHT = "tight"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class SupplyMeter:
    """The band of a role with its verdict, judged by the least people that the band can mean."""

    band: CountBand
    seat_count: int

    @property
    def blocks(self) -> tuple[str, ...]:
        """Return the style of each of the four blocks; under five is one that is hatched."""
        return _BLOCKS[self.band]

    @property
    def verdict(self) -> Verdict:
        """Return what the band means for the places."""
        people = _LEAST_PEOPLE[self.band]
        if people >= PLENTY_FOR_EACH_PLACE * self.seat_count:
            return Verdict.PLENTY
        if people >= GOOD_FOR_EACH_PLACE * self.seat_count:
            return Verdict.GOOD
        return Verdict.TIGHT if people >= self.seat_count else Verdict.HARD

    @property
    def is_scarce(self) -> bool:
        """Return whether the role may stay empty."""
        return self.verdict in (Verdict.TIGHT, Verdict.HARD)

    @property
    def sentence(self) -> str:
        """Return the band and the verdict in words."""
        words = {"band": self.band.label, "count": self.seat_count}
        if self.verdict is Verdict.PLENTY:
            text = ngettext(
                "%(band)s people fit: plenty for %(count)d place",
                "%(band)s people fit: plenty for %(count)d places",
                self.seat_count,
            )
        elif self.verdict is Verdict.GOOD:
            text = ngettext(
                "%(band)s people fit: good for %(count)d place",
                "%(band)s people fit: good for %(count)d places",
                self.seat_count,
            )
        elif self.verdict is Verdict.TIGHT:
            text = ngettext(
                "%(band)s people fit: tight for %(count)d place",
                "%(band)s people fit: tight for %(count)d places",
                self.seat_count,
            )
        else:
            text = _("%(band)s people fit: hard to fill")
        return text % words


def build_playbook_meter(role: PlaybookRole) -> SupplyMeter | None:
    """Return the meter of a playbook's role, whose supply is read along; None until it is counted."""
    supply = getattr(role, "supply", None)
    return SupplyMeter(CountBand(supply.people_fitting), role.seat_count) if supply is not None else None


def describe_scarce_roles(meters: list[SupplyMeter | None]) -> str:
    """Return the bad news about a plan in a sentence; empty if there is none, or nothing was counted."""
    scarce = sum(meter is not None and meter.is_scarce for meter in meters)
    if not scarce:
        return ""
    if len(meters) == 1:
        return _("This role is hard to fill as it stands.")
    text = ngettext(
        "%(scarce)d of %(count)d roles is hard to fill as it stands.",
        "%(scarce)d of %(count)d roles are hard to fill as they stand.",
        scarce,
    )
    return text % {"scarce": scarce, "count": len(meters)}
