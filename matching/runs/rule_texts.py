"""The rules in words, for reviewers: their names, and what would have to change for one that is broken."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.engine.explain import Emptiness
from matching.engine.feasibility import Reason
from matching.lifecycle.explanations import describe_failed_rule
from matching.runs.queries.rule_verdicts import RuleVerdict

RULE_NAMES = {
    Reason.SKILL: gettext_lazy("Skill"),
    Reason.LEVEL: gettext_lazy("Level of the skill"),
    Reason.LEAD: gettext_lazy("Leads the team"),
    Reason.DECIDES: gettext_lazy("May take decisions"),
    Reason.VETTED: gettext_lazy("Vetting"),
    Reason.LANGUAGE: gettext_lazy("Language"),
    Reason.PARTY: gettext_lazy("Party"),
    Reason.OFFICE_LEVEL: gettext_lazy("Level of office"),
    Reason.PLACE: gettext_lazy("Jurisdiction"),
    Reason.VETO: gettext_lazy("Vetoes"),
    Reason.REFUSED: gettext_lazy("Asked before"),
    Reason.SIDES: gettext_lazy("One side of a contest"),
    Reason.SAME_REQUEST: gettext_lazy("One place in a request"),
    Reason.TIME_OFF: gettext_lazy("Days off"),
    Reason.WINDOW: gettext_lazy("Free when the work is done"),
    Reason.MEETING: gettext_lazy("Free when the people meet"),
    Reason.CLASH: gettext_lazy("No other meeting at that time"),
    Reason.HOURS: gettext_lazy("Hours a week"),
    Reason.PROJECTS: gettext_lazy("Projects at once"),
}

_CHANGES = {
    Reason.SKILL: gettext_lazy("They would have to claim the skill, or the role to ask for another one."),
    Reason.LEVEL: gettext_lazy("Ask them about their level, or the campaign for a lower one."),
    Reason.LEAD: gettext_lazy("Ask whether they would lead, or whether the role needs a lead."),
    Reason.DECIDES: gettext_lazy(
        "Ask whether they may take decisions in a campaign, or the campaign whether the role has to."
    ),
    Reason.VETTED: gettext_lazy("Vet them until the project ends."),
    Reason.LANGUAGE: gettext_lazy("They would have to speak the language, or the campaign to accept another one."),
    Reason.PARTY: gettext_lazy("They would have to serve this party, too. It is their choice."),
    Reason.OFFICE_LEVEL: gettext_lazy("They would have to serve this level of office, too. It is their choice."),
    Reason.PLACE: gettext_lazy("They would have to serve this jurisdiction, too. It is their choice."),
    Reason.VETO: gettext_lazy("The veto would have to be lifted. Only who set it does that."),
    Reason.REFUSED: gettext_lazy("Nothing: this answer stays for the whole request."),
    Reason.SIDES: gettext_lazy("Nothing: a person serves one side of a contest."),
    Reason.SAME_REQUEST: gettext_lazy("Their other place in this request would have to end."),
    Reason.TIME_OFF: gettext_lazy("They would have to be there on those days, or the project to have other dates."),
    Reason.WINDOW: gettext_lazy("They would need more free hours in that time, or the work to be done at other times."),
    Reason.MEETING: gettext_lazy("They would have to be free then, or the team to meet at another time."),
    Reason.CLASH: gettext_lazy("One of the two teams would have to meet at another time."),
    Reason.HOURS: gettext_lazy("They would have to give more hours, or the role to ask for fewer."),
    Reason.PROJECTS: gettext_lazy("They would have to take one project more at once, or end one."),
}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of a pair in words. `numbers` is empty where there are none; `change` where the rule is kept."""

    rule: Reason
    name: str
    passes: bool
    numbers: str
    change: str


def describe_rule(verdict: RuleVerdict) -> RuleRow:
    """Return a rule of a pair in words, the broken one with what would have to change."""
    numbers = ""
    if verdict.asked is not None and verdict.found is not None:
        numbers = _("Asked for: %(asked)d. They have: %(found)d.") % {"asked": verdict.asked, "found": verdict.found}
    change = "" if verdict.passes else str(_CHANGES[verdict.rule])
    return RuleRow(verdict.rule, str(RULE_NAMES[verdict.rule]), verdict.passes, numbers, change)


@dataclass(frozen=True, slots=True)
class SingleChange:
    """A rule that alone keeps `people` volunteers out; `filling` of them would add more here than elsewhere."""

    rule: Reason
    lacks: str
    change: str
    people: int
    filling: int


def list_single_changes(emptiness: Emptiness) -> list[SingleChange]:
    """Return the single changes that would open a role, the one first that fills its place with most people.

    A skill that people lack is none of them: they are not one change away.
    """
    rows = [
        SingleChange(rule, describe_failed_rule(rule, count), str(_CHANGES[rule]), count, emptiness.fills.get(rule, 0))
        for rule, count in emptiness.alone.items()
        if count and rule != Reason.SKILL
    ]
    return sorted(rows, key=lambda row: (-row.filling, -row.people, row.rule))
