"""The part of the vocabulary about matches and runs: states, actions, reasons, checklists and score parts."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from core.enums import CountBand
from core.reference.vocabulary import Label, register_vocabulary_enums
from matching.engine.feasibility import REASONS
from matching.lifecycle.actions.person_actions import PERSON_ACTIONS
from matching.lifecycle.actions.team_review import MOVES
from matching.lifecycle.explanations import SCORE_PART_LABELS, label_failed_rule
from matching.models import Policy, Run, Veto
from matching.rules import reasons
from matching.rules.checklists import CHECKLISTS, ChecklistStage
from matching.rules.incident_answers import IncidentKind
from matching.rules.interest_ends import InterestEnd
from matching.rules.problem_kinds import ProblemKind
from matching.rules.regions import Region
from matching.rules.review_flags import ReviewFlag, ReviewLane
from matching.rules.run_stages import RunStage
from matching.rules.states import PLACEMENT_CHOICES, VOLUNTEERS_MATCH_CHOICES, MatchState
from matching.rules.supply_estimate import DraftChange
from matching.rules.transitions import ActorKind


def list_action_labels(actor_kind: ActorKind) -> Iterator[tuple[str, Label]]:
    """Yield each action of this kind of actor with the words of its button."""
    for (kind, action), words in PERSON_ACTIONS.items():
        if kind == actor_kind:
            yield action, words.label


def list_checklist_texts() -> Iterator[tuple[str, Label]]:
    """Yield each line of the checklists with its text."""
    for items in CHECKLISTS.values():
        yield from ((item.code, item.text) for item in items)


def list_rule_labels() -> Iterator[tuple[str, Label]]:
    """Yield each rule that a pair can break, with what it says of one volunteer."""
    yield from ((rule.value, label_failed_rule(rule)) for rule in REASONS)


LEFT_OUT_ROW_KINDS = (("request", gettext_lazy("Request")), ("volunteer", gettext_lazy("Volunteer")))

register_vocabulary_enums(
    action=[(name, label) for name, label in list_action_labels(ActorKind.REVIEWER) if name in MOVES],
    automatic_reason=reasons.AutomaticReason.choices,
    band=CountBand.choices,
    change=DraftChange.choices,
    decline_reason=reasons.DeclineReason.choices,
    end_reason=reasons.EndReason.choices,
    flag=ReviewFlag.choices,
    failed_rules=list_rule_labels(),
    interest_end=InterestEnd.choices,
    kinds=IncidentKind.choices,
    lane=ReviewLane.choices,
    item_code=list_checklist_texts(),
    left_out_row_kind=LEFT_OUT_ROW_KINDS,
    match_available_actions=list_action_labels(ActorKind.REVIEWER),
    match_state=MatchState.choices,
    my_match_available_actions=list_action_labels(ActorKind.VOLUNTEER),
    my_match_state=VOLUNTEERS_MATCH_CHOICES,
    opening_change_reason=list_rule_labels(),
    placement_available_actions=list_action_labels(ActorKind.CAMPAIGN),
    placement_state=PLACEMENT_CHOICES,
    policy_state=Policy.State.choices,
    problem_kind=ProblemKind.choices,
    refuse_reason=reasons.RefuseReason.choices,
    region=Region.choices,
    reject_reason=reasons.RejectReason.choices,
    run_stage=RunStage.choices,
    run_state=Run.State.choices,
    score_part=SCORE_PART_LABELS.items(),
    side=Veto.Side.choices,
    stage=ChecklistStage.choices,
    withdraw_reason=reasons.WithdrawReason.choices,
)
