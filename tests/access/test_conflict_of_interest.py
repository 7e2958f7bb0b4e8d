"""A reviewer with a part in a contest sees and decides nothing of it, in the API and in the admin.

Ruth reviews, and is on the staff of Roe for Senate, which stands against Doe for Senate.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from campaigns.actions.registration import register_campaign
from campaigns.models import Campaign, Member, Request, Seat
from core.models import User
from matching.lifecycle.actions.problem_reports import report_problem
from matching.models import Match, Message, Pin, ProblemReport, Proposal, Run, Veto
from matching.rules.states import MatchState
from tests.cast import Cast, build_candidacy, create_user, create_volunteer
from tests.match_factory import create_match, make_active_match
from volunteers.models import Vetting

Api = Callable[[User | None], APIClient]


def snapshot() -> list[Any]:
    """What decisions change."""
    models: tuple[Any, ...] = (Campaign, Member, Request, Seat, Match, Pin, Veto, ProblemReport, Run, Message, Vetting)
    return [list(model.objects.order_by("pk").values()) for model in models]


def api_decisions(cast: Cast, match: Match) -> list[tuple[str, str, dict[str, Any]]]:
    campaign, report = f"/api/v1/campaigns/{cast.campaign.public_id}", ProblemReport.objects.get()
    proposal = Proposal.objects.get()
    pin, veto = Pin.objects.get(), Veto.objects.get()
    bob, matches = str(cast.bob.volunteer.public_id), "/api/v1/matches"
    invitation = cast.campaign.invitations.get()
    member = cast.campaign.members.get()
    run = Run.objects.latest("pk")
    return [
        ("post", f"{campaign}/verify", {}),
        ("post", f"{campaign}/resume", {}),
        ("post", f"{campaign}/end", {}),
        ("post", f"{campaign}/candidate-link", {"email": "ruth@example.org"}),
        ("post", f"{campaign}/invitations", {"email": "ruth@example.org", "position": "manager"}),
        ("delete", f"/api/v1/member-invitations/{invitation.public_id}", {}),
        ("delete", f"/api/v1/members/{member.public_id}", {}),
        ("post", f"{matches}/{proposal.public_id}/approve", {}),
        ("post", f"{matches}/{proposal.public_id}/reject", {"reason": "fit"}),
        ("post", f"{matches}/{proposal.public_id}/broadcast", {}),
        ("post", f"{matches}/{proposal.public_id}/alternates", {"volunteer": bob}),
        ("post", f"{matches}/{match.public_id}/release", {}),
        ("post", f"{matches}/{match.public_id}/finish", {}),
        ("post", f"{matches}/{match.public_id}/messages", {"text": "Hello"}),
        ("post", f"{matches}/{match.public_id}/report-problem", {"kind": "other"}),
        ("post", f"/api/v1/problem-reports/{report.public_id}/close", {"outcome": "Looked."}),
        ("post", "/api/v1/pins", {"volunteer": bob, "seat": str(match.seat.public_id), "reason": "x"}),
        ("delete", f"/api/v1/pins/{pin.public_id}", {}),
        ("post", "/api/v1/vetoes", {"volunteer": bob, "campaign": str(cast.campaign.public_id), "reason": "x"}),
        ("delete", f"/api/v1/vetoes/{veto.public_id}", {}),
        ("post", "/api/v1/runs", {"roles": [str(match.seat.role.public_id)]}),
        ("post", f"/api/v1/runs/{run.public_id}/cancel", {}),
        ("post", f"/api/v1/runs/{run.public_id}/verify", {}),
    ]


def test_no_operation_of_the_api_decides_for_such_a_reviewer(
    api: Api, ruth: User, cast: Cast, match: Match, now: datetime
) -> None:
    Campaign.objects.filter(pk=cast.campaign.pk).update(paused_at=now)
    decisions, before, client = api_decisions(cast, match), snapshot(), api(ruth)

    answers = {
        (method, address): getattr(client, method)(address, body).status_code for method, address, body in decisions
    }

    assert {key: status for key, status in answers.items() if status != 404} == {}
    assert snapshot() == before


def test_the_api_shows_such_a_reviewer_what_a_member_of_their_campaign_sees(
    api: Api, ruth: User, cast: Cast, match: Match
) -> None:
    client, run = api(ruth), Run.objects.latest("pk")
    listed = {
        name: client.get(f"/api/v1/{name}").json()["results"]
        for name in ("campaigns", "requests", "matches", "vetoes", "pins", "problem-reports", "runs")
    }

    listed["runs"] = [row for row in listed["runs"] if row["is_limited"]]

    assert [row["name"] for row in listed.pop("campaigns")] == ["Roe for Senate"]
    assert {name: rows for name, rows in listed.items() if rows} == {}
    for address in (
        f"campaigns/{cast.campaign.public_id}",
        f"campaigns/{cast.campaign.public_id}/members",
        f"campaigns/{cast.campaign.public_id}/invitations",
        f"requests/{cast.request.public_id}",
        f"requests/{cast.request.public_id}/team",
        f"matches/{match.public_id}",
        f"matches/{match.public_id}/messages",
        f"matches/{match.public_id}/alternates",
        f"runs/{run.public_id}",
        f"runs/{run.public_id}/changes",
        f"requests/{cast.request.public_id}/empty-seats",
        f"roles/{match.seat.role.public_id}/rules?volunteer={match.volunteer.public_id}",
        f"runs/{run.public_id}/why-not?volunteer={match.volunteer.public_id}&role={match.seat.role.public_id}",
    ):
        assert client.get(f"/api/v1/{address}").status_code == 404, address


def test_a_reviewer_on_the_staff_sees_their_own_campaign_as_any_staff_does(
    api: Api, ruth: User, cast: Cast, now: datetime
) -> None:
    rival = Campaign.objects.get(name="Roe for Senate")
    Member.objects.create(campaign=rival, user=create_user("tess"), position="treasurer", since=now)

    members = api(ruth).get(f"/api/v1/campaigns/{rival.public_id}/members").json()["results"]

    assert sorted(row["email"] for row in members) == ["", "oscar@example.org", "ruth@example.org"]
    assert api(ruth).get(f"/api/v1/campaigns/{rival.public_id}/invitations").status_code == 403
    assert api(ruth).post(f"/api/v1/campaigns/{rival.public_id}/end").status_code == 403


def test_nobody_verifies_or_resumes_their_own_campaign_and_its_manager_may_end_it(
    api: Api, cast: Cast, now: datetime
) -> None:
    candidacy = build_candidacy("Pat Roe", now, office="Mayor", level="local", district="")
    own = register_campaign(actor=cast.rita, candidacy=candidacy, name="Rita for Mayor", at=now)
    address, client = f"/api/v1/campaigns/{own.public_id}", api(cast.rita)

    assert client.post(f"{address}/verify").status_code == 403
    Campaign.objects.filter(pk=own.pk).update(state="verified", answer_due_at=None, verified_at=now, paused_at=now)
    assert client.post(f"{address}/resume").status_code == 403
    assert client.post(f"{address}/candidate-link", {"email": "pat@example.org"}).status_code == 403
    own.refresh_from_db()
    assert (own.state, own.paused_at) == ("verified", now)
    assert client.post(f"{address}/end").status_code == 200


def test_who_leaves_a_campaign_still_has_a_part_in_its_contest(api: Api, ruth: User, cast: Cast) -> None:
    rival = Campaign.objects.get(name="Roe for Senate")
    assert api(ruth).post(f"/api/v1/campaigns/{rival.public_id}/leave").status_code == 204

    assert api(ruth).get(f"/api/v1/campaigns/{cast.campaign.public_id}").status_code == 404
    assert api(ruth).post(f"/api/v1/campaigns/{cast.campaign.public_id}/end").status_code == 404


@pytest.fixture
def own_profile(cast: Cast, now: datetime) -> str:
    """Rita offers her own time, too; she has no part in any contest yet."""
    return str(create_volunteer(cast.rita, now).public_id)


def test_a_reviewer_who_is_proposed_decides_no_more_in_that_contest(
    api: Api, cast: Cast, own_profile: str, now: datetime
) -> None:
    seat = Seat.objects.get(role__request=cast.request)
    proposal = create_match(MatchState.PROPOSED, volunteer=cast.rita.volunteer, seat=seat, at=now)
    before, client = snapshot(), api(cast.rita)

    for name, body in (("approve", {}), ("reject", {"reason": "fit"}), ("accept", {"note": "By phone."})):
        assert client.post(f"/api/v1/matches/{proposal.public_id}/{name}", body).status_code == 404
    alice = {"volunteer": str(cast.alice.volunteer.public_id)}
    assert client.post(f"/api/v1/matches/{proposal.public_id}/alternates", alice).status_code == 404
    assert client.post(f"/api/v1/campaigns/{cast.campaign.public_id}/end").status_code == 404
    assert snapshot() == before


def test_nobody_places_themselves_and_a_refusal_changes_nothing(
    api: Api, cast: Cast, own_profile: str, now: datetime
) -> None:
    seat = Seat.objects.get(role__request=cast.request)
    proposal = create_match(MatchState.PROPOSED, volunteer=cast.alice.volunteer, seat=seat, at=now)
    before, client, address = snapshot(), api(cast.rita), f"/api/v1/matches/{proposal.public_id}/alternates"

    assert client.post(address, {"volunteer": own_profile}).status_code == 403
    pin = {"volunteer": own_profile, "seat": str(seat.public_id), "reason": "Me."}
    assert client.post("/api/v1/pins", pin).status_code == 403
    veto = {"volunteer": own_profile, "campaign": str(cast.campaign.public_id), "reason": "Me."}
    assert client.post("/api/v1/vetoes", veto).status_code == 403
    assert snapshot() == before
    assert [row["volunteer"] for row in client.get(address).json()["results"]] == []


def test_nobody_is_asked_by_their_own_broadcast(api: Api, cast: Cast, own_profile: str, now: datetime) -> None:
    seat = Seat.objects.get(role__request=cast.request)
    for name in ("first", "second"):
        user = create_user(name)
        create_match(MatchState.DECLINED, volunteer=create_volunteer(user, now), seat=seat, at=now)
    proposal = create_match(MatchState.PROPOSED, volunteer=cast.alice.volunteer, seat=seat, at=now)

    assert api(cast.rita).post(f"/api/v1/matches/{proposal.public_id}/broadcast").status_code == 200

    asked = Match.objects.filter(state=MatchState.OFFERED).values_list("volunteer__user__email", flat=True)
    assert list(asked) == ["alice@example.org"]


def test_nobody_makes_themselves_candidate_or_manager(api: Api, cast: Cast) -> None:
    cast.campaign.members.all().delete()
    address, client = f"/api/v1/campaigns/{cast.campaign.public_id}", api(cast.rita)

    assert client.post(f"{address}/candidate-link", {"email": "Rita@example.org"}).status_code == 403
    own = {"email": "rita@example.org", "position": "manager"}
    assert client.post(f"{address}/invitations", own).status_code == 403
    other = {"email": "dave@example.org", "position": "manager"}
    assert client.post(f"{address}/invitations", other).status_code == 201


def test_nobody_closes_their_own_report(api: Api, cast: Cast, now: datetime) -> None:
    report = report_problem(actor=cast.rita, match=make_active_match(cast, now), kind="other", at=now)
    address = f"/api/v1/problem-reports/{report.public_id}/close"

    assert api(cast.rita).post(address, {"outcome": "Nothing."}).status_code == 403
    assert api(create_user("rob", reviewer=True)).post(address, {"outcome": "Looked."}).status_code == 200
