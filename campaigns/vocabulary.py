"""The campaigns' part of the vocabulary: offices, kinds of playbook, and the campaigns' enumerations."""

from typing import Any

from rest_framework import serializers

from campaigns import contest_queries
from campaigns.models import Campaign, CandidateStop, Member, Playbook, Request
from campaigns.models.playbook import Staffing
from core.enums import OfficeLevel
from core.reference.vocabulary import (
    Row,
    VocabularyPart,
    register_vocabulary_enums,
    register_vocabulary_part,
    sort_by_name,
)
from core.reference_texts import ReferenceKind, translate_reference, translate_references


class OfficeSerializer(serializers.Serializer[Any]):
    """An office as contests name it, how the reader's language calls it, and its level of government."""

    name = serializers.CharField(help_text="As contests name it: send this one.")
    label = serializers.CharField(help_text="What people read.")  # type: ignore[assignment]
    level = serializers.ChoiceField(choices=OfficeLevel.choices)


class PlaybookKindSerializer(serializers.Serializer[Any]):
    """A kind of playbook, with the problem that it solves. `GET /playbooks` has the roles."""

    code = serializers.CharField()
    name = serializers.CharField()
    summary = serializers.CharField()


def read_offices() -> list[Row]:
    """Return the offices that we ship and those of imported ballots."""
    return [
        {"name": name, "label": translate_reference(name, ReferenceKind.OFFICE), "level": level}
        for name, level in contest_queries.list_offices()
    ]


def read_playbook_kinds() -> list[Row]:
    """Return the playbooks that are offered, by name."""
    playbooks = Playbook.objects.filter(retired=False).values_list("code", "name", "summary")
    return sort_by_name(
        dict(
            zip(("code", "name", "summary"), (code, *translate_references(texts, ReferenceKind.PLAYBOOK)), strict=True)
        )
        for code, *texts in playbooks
    )


register_vocabulary_part(
    "offices",
    VocabularyPart(
        description="Offices as contests name them; others may be typed.", row=OfficeSerializer, read=read_offices
    ),
)
register_vocabulary_part(
    "playbooks",
    VocabularyPart(description="The kinds of playbook.", row=PlaybookKindSerializer, read=read_playbook_kinds),
)
register_vocabulary_enums(
    cancel_reason=Request.CancelReason.choices,
    campaign_state=Campaign.State.choices,
    position=Member.Position.choices,
    request_state=Request.State.choices,
    staffing=Staffing.choices,
    stop_outcome=CandidateStop.Outcome.choices,
)
