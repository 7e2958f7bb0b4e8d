"""What a run changed against the one before it."""

from typing import Any

from rest_framework import serializers

from campaigns.models import Role
from matching.runs.queries.changes import MAX_PAIRS_LISTED, MAX_PEOPLE_LISTED, MAX_SKILLS_LISTED


class RunNumberSerializer(serializers.Serializer[Any]):
    """A number of both runs."""

    before = serializers.IntegerField(help_text="In the run before.")
    after = serializers.IntegerField(help_text="In this run.")


class ChangedRoleSerializer(serializers.Serializer[Role]):
    """A role, with what it is called and where it is."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField(source="shown_name")
    skill = serializers.CharField(source="skill.code")
    request = serializers.UUIDField(source="request.public_id")


class ChangedPairSerializer(serializers.Serializer[Any]):
    """A volunteer and a role, with what the pair is worth."""

    volunteer = serializers.UUIDField(source="volunteer.public_id")
    name = serializers.CharField(source="volunteer", help_text="The volunteer's name.")
    role = ChangedRoleSerializer(help_text="The role.")
    points = serializers.IntegerField(help_text="The score of the pair.")


class SkillChangeSerializer(serializers.Serializer[Any]):
    """What changed for the seats that ask for a skill."""

    skill = serializers.CharField(source="skill.code")
    name = serializers.CharField(source="skill.shown_name", help_text="Of the skill.")
    seats_before = serializers.IntegerField(help_text="Seats that the run before filled.")
    seats_after = serializers.IntegerField(help_text="Seats that this run filled.")
    gaining = serializers.IntegerField(help_text="People who have a seat that asks for it now, and had none at all.")
    losing = serializers.IntegerField(help_text="People who had a seat that asks for it, and have none at all now.")


class PersonChangeSerializer(serializers.Serializer[Any]):
    """What a volunteer had and has."""

    volunteer = serializers.UUIDField(source="volunteer.public_id")
    name = serializers.CharField(source="volunteer", help_text="The volunteer's name.")
    before = ChangedRoleSerializer(many=True, help_text="The roles in the run before.")
    after = ChangedRoleSerializer(many=True, help_text="The roles in this run.")
    points_before = serializers.IntegerField(help_text="The scores of the roles in the run before.")
    points_after = serializers.IntegerField(help_text="The scores of the roles in this run.")


_PAIRS_HELP = f"The pairs, of the highest score first, {MAX_PAIRS_LISTED} at most."
_PEOPLE_HELP = f"The people, the largest change first, {MAX_PEOPLE_LISTED} at most."


class RunChangesSerializer(serializers.Serializer[Any]):
    """What a run changed against the run `base`."""

    base = serializers.UUIDField(source="base.public_id", help_text="The run that it is compared with.")
    kept_count = serializers.IntegerField(help_text="Pairs that both runs have.")
    new_count = serializers.IntegerField(help_text="Pairs that only this run has.")
    gone_count = serializers.IntegerField(help_text="Pairs that only the run before has.")
    decided_count = serializers.IntegerField(
        help_text="Pairs of the run before about which a reviewer has decided since. No other number counts them."
    )
    people = RunNumberSerializer(help_text="Volunteers with a seat.")
    seats = RunNumberSerializer(help_text="Seats filled.")
    points = RunNumberSerializer(help_text="The scores of all pairs together.")
    gaining_count = serializers.IntegerField(help_text="Volunteers who have a seat now, and had none.")
    losing_count = serializers.IntegerField(help_text="Volunteers who had a seat, and have none now.")
    moving_count = serializers.IntegerField(help_text="Volunteers who have other seats now.")
    new_pairs = ChangedPairSerializer(many=True, help_text=_PAIRS_HELP)
    gone_pairs = ChangedPairSerializer(many=True, help_text=_PAIRS_HELP)
    skills = SkillChangeSerializer(
        many=True, help_text=f"The skills, the largest change first, {MAX_SKILLS_LISTED} at most."
    )
    gaining = PersonChangeSerializer(many=True, help_text=_PEOPLE_HELP)
    losing = PersonChangeSerializer(many=True, help_text=_PEOPLE_HELP)
    moving = PersonChangeSerializer(many=True, help_text=_PEOPLE_HELP)
