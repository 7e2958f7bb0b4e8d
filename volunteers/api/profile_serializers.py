"""A volunteer's profile as the API shows it."""

from typing import Any

from django.utils.functional import Promise
from rest_framework import serializers

from core.api.serializers import (
    MAX_CODE_LENGTH,
    ChoiceListField,
    DayField,
    StrictSerializer,
    TrueField,
    VersionField,
    WindowSerializer,
    bounded_list,
)
from core.enums import OfficeLevel, OptionalAnswer, Weekday
from core.week_mask import MAX_WEEKLY_WINDOWS, WINDOW_PRESETS
from volunteers.models import SkillClaim, TimeOff, Volunteer
from volunteers.profile_limits import (
    HOURS_OUT_OF_RANGE,
    MAX_HOURS_PER_WEEK,
    MAX_LANGUAGES_PER_VOLUNTEER,
    MAX_PROJECTS,
    MAX_SKILL_CLAIMS,
    MAX_TIME_OFF_PERIODS,
    PROJECTS_OUT_OF_RANGE,
)


def _describe_preset(name: str) -> str:
    windows = WINDOW_PRESETS[name]
    first, last = (Weekday(windows[index].weekday).name.title() for index in (0, -1))
    return f"`{name}`: {first} to {last} from {windows[0].starts:%H:%M} to {windows[0].ends:%H:%M}"


PRESETS_HELP = (
    f"{'; '.join(map(_describe_preset, sorted(WINDOW_PRESETS)))}. A preset is refused, with a 400 at `presets`, if one "
    "of its windows starts when one of `windows` does on that day, and ends at another time. The same window twice is "
    f"one. More than {MAX_WEEKLY_WINDOWS} windows in all are a 400 at `windows`."
)


class SkillClaimSerializer(StrictSerializer, serializers.ModelSerializer[SkillClaim]):
    """A skill at a level from 1 to 5; `wants_to_use`: would like to use it."""

    skill = serializers.SlugField(source="skill.code", max_length=MAX_CODE_LENGTH)
    level = serializers.IntegerField(min_value=1, max_value=5)

    class Meta:
        model = SkillClaim
        fields = ["skill", "level", "wants_to_use"]


class TimeOffSerializer(StrictSerializer, serializers.ModelSerializer[TimeOff]):
    """Days off; the first and the last day are included."""

    starts_on = DayField()
    ends_on = DayField()

    class Meta:
        model = TimeOff
        fields = ["starts_on", "ends_on"]


def _between(least: int, most: int, message: Promise) -> dict[str, Any]:
    """Return the arguments of a number's field, with one message for both ends."""
    return {"min_value": least, "max_value": most, "error_messages": dict.fromkeys(("min_value", "max_value"), message)}


class ProfileSerializer(serializers.ModelSerializer[Volunteer]):
    """A volunteer's profile. Skills, parties and jurisdictions are given by their codes."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    claims = bounded_list(SkillClaimSerializer, MAX_SKILL_CLAIMS)
    windows = bounded_list(WindowSerializer, MAX_WEEKLY_WINDOWS, required=False)
    presets = ChoiceListField(
        choices=sorted(WINDOW_PRESETS),
        required=False,
        write_only=True,
        help_text=f"Instead of windows, or beside them. {PRESETS_HELP} They become windows at once, so a profile that "
        "is read has none.",
    )
    time_off = bounded_list(TimeOffSerializer, MAX_TIME_OFF_PERIODS, required=False)
    languages = serializers.ListField(
        child=serializers.CharField(max_length=10), required=False, max_length=MAX_LANGUAGES_PER_VOLUNTEER
    )
    levels = serializers.ListField(
        child=serializers.ChoiceField(choices=OfficeLevel.choices), required=False, max_length=len(OfficeLevel)
    )
    parties = serializers.SlugRelatedField[Any](slug_field="code", many=True, read_only=True)
    jurisdictions = serializers.SlugRelatedField[Any](slug_field="code", many=True, read_only=True)
    may_make_decisions = serializers.ChoiceField(choices=OptionalAnswer.choices, required=False)
    job_restricts = serializers.ChoiceField(choices=OptionalAnswer.choices, required=False)
    adult = TrueField()
    version = VersionField(help_text="The one that you changed; a stale one is refused.")

    class Meta:
        model = Volunteer
        fields = [
            *[
                "id",
                "version",
                "state",
                "first_name",
                "last_name",
                "contact",
                "adult",
                "max_hours_per_week",
                "max_projects",
            ],
            *[
                "time_zone",
                "languages",
                "wants_to_lead",
                "may_make_decisions",
                "job_restricts",
                "levels",
                "restrict_to_levels",
                "parties",
            ],
            *[
                "restrict_to_parties",
                "jurisdictions",
                "restrict_to_jurisdictions",
                "claims",
                "windows",
                "presets",
                "time_off",
                "assumed",
            ],
        ]
        read_only_fields = ["state", "assumed"]
        extra_kwargs = {
            "first_name": {"required": True, "allow_blank": False},
            # The rules say the same; here the document of the API says it, too.
            "max_hours_per_week": _between(1, MAX_HOURS_PER_WEEK, HOURS_OUT_OF_RANGE),
            "max_projects": _between(1, MAX_PROJECTS, PROJECTS_OUT_OF_RANGE),
        }
