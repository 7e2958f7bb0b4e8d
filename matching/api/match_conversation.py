"""Messages, problem reports and checklists of a match, for both sides."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.idempotency import IdempotentAPIView
from core.api.pagination import OnePagePagination, StableCursorPagination, respond_with_list
from matching.api.match_conversation_serializers import (
    ChecklistLineSerializer,
    ChecklistTickInput,
    MessageInput,
    MessageSerializer,
    ProblemReportInput,
    ProblemReportSerializer,
)
from matching.lifecycle.actions import messages, problem_reports
from matching.lifecycle.actions.checklists import find_checklist_item, tick_checklist_item
from matching.lifecycle.queries.checklists import list_checklist_lines
from matching.lifecycle.queries.message_access import list_messages_to_other_sides
from matching.models import Match, Message


class MessagePagination(StableCursorPagination):
    """Pages of messages, the newest first, whatever the order of the view's matches."""

    def get_ordering(self, request: Request, queryset: "QuerySet[Message]", view: APIView) -> tuple[str, ...]:
        """Return the order of messages."""
        return self.list_order(view)

    def list_order(self, view: Any) -> tuple[str, ...]:
        """Return the order of messages."""
        return "-written_at", "-id"

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return the parameters of pages: there is one order."""
        return [one for one in super().get_schema_operation_parameters(view) if one["name"] != "ordering"]

    @classmethod
    def list_parameters(cls, view: Any) -> set[str]:
        """Return the names of the query parameters that it reads."""
        return super().list_parameters(view) - {"ordering"}


class MatchConversationViewSet(IdempotentAPIView, ETagMixin, viewsets.GenericViewSet[Match]):
    """Messages, problem reports and checklists of a match in which the caller has a part."""

    @property
    def shows_match(self) -> bool:
        """Return whether the answer shows the match: for messages and checklists its list columns are not needed."""
        return self.action not in ("messages", "checklists")

    def list_messages(self, match: Match) -> "QuerySet[Message]":
        """Return the messages of the match that the caller may read; a volunteer's view has a rule of its own."""
        return list_messages_to_other_sides(match)

    def get_created_path(self, answer: dict[str, Any]) -> str:
        """Return the path of the match or, for a message, of all messages: neither has an address of its own."""
        if self.action == "messages":
            return self.request.path
        # An alternate's match is another one; a report belongs to the match that was asked for.
        return super().get_created_path({"id": self.kwargs["id"]} if self.action == "report_problem" else answer)

    @extend_schema(
        operation_id="list{Match}Messages",
        summary="List messages",
        description="Messages of both sides. The note of a yes is the oldest one, so it stands at the end of the "
        "last page.",
        methods=["GET"],
        responses=MessageSerializer(many=True),
        filters=False,
    )
    @extend_schema(
        operation_id="write{Match}Message",
        summary="Write a message",
        description="Write to the other side, which may be done while the match is accepted, active or closing. A "
        "message has no address of its own, so `Location` is that of all messages.",
        methods=["POST"],
        request=MessageInput,
        responses={201: MessageSerializer},
    )
    @action(detail=True, methods=["get", "post"], pagination_class=MessagePagination)
    def messages(self, request: Request, id: UUID) -> Response:
        """List the messages, or write one."""
        match = self.get_object()
        if request.method == "POST":
            sent = MessageInput(data=request.data)
            sent.require_valid()
            message = messages.write_message(
                actor=get_current_user(request), match=match, text=sent.validated_data["text"], at=timezone.now()
            )
            return Response(MessageSerializer(message).data, status=status.HTTP_201_CREATED)
        return respond_with_list(self, self.list_messages(match), MessageSerializer)

    @extend_schema(
        operation_id="report{Match}Problem",
        summary="Report a problem",
        request=ProblemReportInput,
        responses={201: ProblemReportSerializer},
    )
    @action(detail=True, methods=["post"], url_path="report-problem")
    def report_problem(self, request: Request, id: UUID) -> Response:
        """Pause contact until a reviewer without a part in the match has looked at the report, within a day."""
        sent = ProblemReportInput(data=request.data)
        sent.require_valid()
        problem_report = problem_reports.report_problem(
            actor=get_current_user(request), match=self.get_object(), at=timezone.now(), **sent.validated_data
        )
        return Response(ProblemReportSerializer(problem_report).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="list{Match}ProblemReports",
        summary="List my problem reports",
        responses=ProblemReportSerializer(many=True),
        filters=False,
    )
    @action(detail=True, methods=["get"], pagination_class=OnePagePagination, url_path="problem-reports")
    def problem_reports(self, request: Request, id: UUID) -> Response:
        """List what the caller reported about the match, those that are due first before others."""
        reports = self.get_object().reports.filter(reported_by=get_current_user(request))
        return respond_with_list(self, reports, ProblemReportSerializer)

    @extend_schema(
        operation_id="list{Match}Checklists",
        summary="List the checklists of a match",
        description="The lines of both checklists in their order, those of `kickoff` first, and when each was "
        "ticked. The lines of the stage `kickoff` are open "
        "while the match is active, those of `closing` while it is closing; each side ticks its own.",
        methods=["GET"],
        responses=ChecklistLineSerializer(many=True),
        filters=False,
    )
    @extend_schema(
        operation_id="tick{Match}ChecklistItem",
        summary="Tick a checklist item",
        description="Tick a line of the caller's side, or untick it. The stage `kickoff` is open while the match is "
        "active, `closing` while it is closing; otherwise the answer is a 409. A line of the other side is a 403 with "
        "the code `not_allowed`. A line that the list of this stage does not have is a 400 at `item_code`. The "
        "answer is "
        "all lines.",
        methods=["POST"],
        request=ChecklistTickInput,
        responses=ChecklistLineSerializer(many=True),
    )
    @action(detail=True, methods=["get", "post"], pagination_class=OnePagePagination)
    def checklists(self, request: Request, id: UUID) -> Response:
        """List the lines of both checklists and whether they are done, or tick a line of the caller's side."""
        match = self.get_object()
        if request.method == "POST":
            sent = ChecklistTickInput(data=request.data)
            sent.require_valid(
                lambda: find_checklist_item(sent.validated_data["stage"], sent.validated_data["item_code"])
            )
            tick_checklist_item(actor=get_current_user(request), match=match, at=timezone.now(), **sent.validated_data)
        return respond_with_list(self, list_checklist_lines(match), ChecklistLineSerializer)
