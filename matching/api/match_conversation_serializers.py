"""Messages, problem reports and lines of checklists, as both sides send and read them."""

from rest_framework import serializers

from core.api.quick_reading import QuickReadMixin
from core.api.serializers import StrictSerializer
from matching.models import Message, ProblemReport
from matching.rules.checklists import CHECKLISTS, ChecklistStage
from matching.rules.problem_kinds import ProblemKind
from matching.rules.sides import MatchSide
from matching.rules.text_lengths import MAX_MESSAGE_LENGTH, MAX_REPORT_LENGTH

CHECKLIST_ITEM_CODES = sorted({item.code for items in CHECKLISTS.values() for item in items})


class MessageSerializer(serializers.ModelSerializer[Message]):
    """One message. `side` is the side that wrote it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    author_first_name = serializers.SerializerMethodField()

    class Meta:
        model = Message
        fields = ["id", "side", "author_first_name", "text", "written_at"]
        read_only_fields = ["side", "written_at"]

    def get_author_first_name(self, message: Message) -> str:
        """For the volunteer: the first name of who wrote it for the campaign, while contacts are shared; else empty."""
        return getattr(message, "author_first_name", "")


class MessageInput(StrictSerializer):
    """The text of a message."""

    text = serializers.CharField(max_length=MAX_MESSAGE_LENGTH)


class ProblemReportInput(StrictSerializer):
    """The kind of problem, and a description."""

    kind = serializers.ChoiceField(choices=ProblemKind.choices)
    text = serializers.CharField(max_length=MAX_REPORT_LENGTH, required=False, allow_blank=True)


class ProblemReportSerializer(serializers.ModelSerializer[ProblemReport]):
    """A problem report as its author sees it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    kind = serializers.ChoiceField(choices=ProblemKind.choices)

    class Meta:
        model = ProblemReport
        fields = ["id", "kind", "text", "reported_at", "answer_due_at", "handled_at"]
        read_only_fields = fields


class ChecklistLineSerializer(QuickReadMixin):
    """One line of a checklist. Only `side` can tick it, while the list of its `stage` is open."""

    stage = serializers.ChoiceField(choices=ChecklistStage.choices)
    item_code = serializers.ChoiceField(choices=CHECKLIST_ITEM_CODES)
    side = serializers.ChoiceField(choices=MatchSide.choices)
    text = serializers.CharField()
    ticked_at = serializers.DateTimeField(allow_null=True)


class ChecklistTickInput(StrictSerializer):
    """A line to tick, or to untick with `is_done` false."""

    stage = serializers.ChoiceField(choices=ChecklistStage.choices)
    item_code = serializers.ChoiceField(choices=CHECKLIST_ITEM_CODES)
    is_done = serializers.BooleanField(required=False)
