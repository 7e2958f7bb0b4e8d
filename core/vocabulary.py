"""Core's part of the vocabulary: skills, jurisdictions, parties, languages, time zones, and core's enumerations."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy
from rest_framework import serializers

from core import enums
from core.models import BouncedAddress, FactorRecovery, Jurisdiction, Party, PersonalToken
from core.reference.api import SkillSerializer
from core.reference.queries import read_skill_rows
from core.reference.vocabulary import (
    Row,
    VocabularyPart,
    register_vocabulary_enums,
    register_vocabulary_part,
    sort_by_name,
)
from core.reference_texts import ReferenceKind, translate_reference
from core.spoken_languages import LANGUAGE_NAMES
from core.time_zones import list_time_zones


class CodeSerializer(serializers.Serializer[Any]):
    """A code, and its name for people. Each list has a component of its own, so that its example is one of its rows."""

    code = serializers.CharField()
    name = serializers.CharField()


class PartySerializer(CodeSerializer):
    """A party of candidates."""


class LanguageSerializer(CodeSerializer):
    """A language that people speak."""


class InterfaceLanguageSerializer(CodeSerializer):
    """A language of letters and pages."""


class TimeZoneSerializer(CodeSerializer):
    """A time zone."""


class JurisdictionSerializer(serializers.Serializer[Any]):
    """A jurisdiction; `parent` is the code of the one around it."""

    code = serializers.CharField()
    name = serializers.CharField()
    parent = serializers.CharField(allow_null=True)  # type: ignore[assignment]


def read_jurisdictions() -> list[Row]:
    """Return the jurisdictions by name, each with the code of the one around it."""
    rows = Jurisdiction.objects.values_list("code", "name", "parent__code")
    return sort_by_name(
        {"code": code, "name": translate_reference(name, ReferenceKind.JURISDICTION), "parent": parent}
        for code, name, parent in rows
    )


def read_parties() -> list[Row]:
    """Return the parties by name."""
    return [{"code": code, "name": name} for code, name in Party.objects.values_list("code", "name")]


def name_languages() -> list[Row]:
    """Return the languages that people speak, by name."""
    return sort_by_name({"code": code, "name": str(name)} for code, name in LANGUAGE_NAMES.items())


def name_interface_languages() -> list[Row]:
    """Return the languages that an account may choose, by name. Django's own catalogues translate the names."""
    return sort_by_name({"code": code, "name": gettext(name)} for code, name in settings.LANGUAGES)


def name_time_zones() -> list[Row]:
    """Return the time zones, the common ones first."""
    return [{"code": code, "name": str(name)} for code, name in list_time_zones()]


register_vocabulary_part(
    "skills",
    VocabularyPart(
        description="The tree of skills: each row names its parent.", row=SkillSerializer, read=read_skill_rows
    ),
)
register_vocabulary_part(
    "jurisdictions",
    VocabularyPart(
        description="Where contests are held and volunteers serve.", row=JurisdictionSerializer, read=read_jurisdictions
    ),
)
register_vocabulary_part(
    "parties", VocabularyPart(description="The parties of candidates.", row=PartySerializer, read=read_parties)
)
register_vocabulary_part(
    "languages",
    VocabularyPart(
        description="The languages of a profile and of a role.", row=LanguageSerializer, read=name_languages
    ),
)
register_vocabulary_part(
    "interface_languages",
    VocabularyPart(
        description="The languages of an account.", row=InterfaceLanguageSerializer, read=name_interface_languages
    ),
)
register_vocabulary_part(
    "time_zones",
    VocabularyPart(description="The time zones, the common ones first.", row=TimeZoneSerializer, read=name_time_zones),
)
register_vocabulary_enums(
    answer=enums.OptionalAnswer.choices,
    factor_recovery_available_actions=(("approve", gettext_lazy("Approve")), ("stop", gettext_lazy("Stop"))),
    factor_recovery_state=FactorRecovery.State.choices,
    mail_bounce_kind=BouncedAddress.Kind.choices,
    office_level=enums.OfficeLevel.choices,
    presets=enums.WindowPreset.choices,
    roles=enums.ReviewerRole.choices,
    scope=PersonalToken.Scope.choices,
    skill_level=enums.SkillLevel.choices,
    topic=enums.NoticeTopic.choices,
    vetted_for=enums.VettingArea.choices,
    weekday=enums.Weekday.choices,
)
