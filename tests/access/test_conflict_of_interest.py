"""A reviewer with a part in a contest sees and decides nothing of it, in the API and in the admin.

Ruth reviews, and is on the staff of Roe for Senate, which stands against Doe for Senate.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from rest_framework.test import APIClient

from campaigns.actions.campaigns import register_campaign, verify_campaign
from campaigns.actions.invitations import invite_member
from campaigns.models import Campaign, Candidate, Contest, Member, Request, Role, Seat
from core.models import ContactAccess, Notice, User
from ledger.models import Expense, TimeEntry
from matching.lifecycle.actions.problem_reports import report_problem
from matching.models import ChecklistTick, Match, Message, Pin, ProblemReport, Proposal, Run, RunArrays, Veto
from matching.rules.states import MatchState
from matching.runs.actions.scheduling import queue_run
from tests.cast import FRONT_END_ROLE as FRONT
from tests.cast import Cast, build_candidacy, create_user, create_volunteer, publish_new_request, sign_in_browser
from tests.match_factory import create_match, make_active_match
from volunteers.models import Vetting

Api = Callable[[User | None], APIClient]
HIDDEN_WORDS = ("Doe for Senate", "Kim Doe", "A small site", "swordfish", "Quill")


@pytest.fixture
def ruth(cast: Cast, now: datetime) -> User:
    user = create_user("ruth", reviewer=True)
    manager = create_user("oscar")
    rival = register_campaign(actor=manager, candidacy=build_candidacy("Pat Roe", now), name="Roe for Senate", at=now)
    verify_campaign(actor=cast.rita, campaign=rival, at=now)
    Member.objects.create(campaign=rival, user=user, position="staff", since=now)
    return user


@pytest.fixture
def ruths_browser(ruth: User) -> Client:
    client = Client()
    sign_in_browser(client, ruth)
    return client


@pytest.fixture
def match(cast: Cast, now: datetime) -> Match:
    """Alice works for Doe for Senate, and each kind of row of its contest is there; Bob is proposed."""
    match = make_active_match(cast, now)
    said: dict[str, Any] = {"match": match, "entered_by": cast.alice, "entered_at": now, "day": now.date()}
    TimeEntry.objects.create(minutes=60, note="Quill", **said)
    Expense.objects.create(cents=900, what="Quill", **said)
    Message.objects.create(match=match, side="campaign", author=cast.carol, text="Quill", written_at=now)
    ChecklistTick.objects.create(match=match, stage="kickoff", item_code="owner", ticked_at=now, ticked_by=cast.carol)
    report_problem(actor=cast.alice, match=match, kind="other", text="Quill", at=now)
    told = {"created_by": cast.rita, "created_at": now, "reason": "Quill"}
    Pin.objects.create(volunteer=match.volunteer, seat=match.seat, **told)
    Veto.objects.create(volunteer=cast.bob.volunteer, campaign=cast.campaign, side="reviewer", **told)
    invite_member(actor=cast.carol, campaign=cast.campaign, email="quill@example.org", position="staff", at=now)
    more = publish_new_request(cast.carol, cast.campaign, now, title="Website two", roles=[FRONT])
    helper = create_user("helper")
    create_volunteer(helper, now)
    seat = Seat.objects.get(role__request=more)
    create_match(MatchState.PROPOSED, volunteer=helper.volunteer, seat=seat, at=now)
    run = queue_run(actor=cast.rita, roles=[seat.role], at=now)
    RunArrays.objects.create(run=run, problem=b"", solution=b"", delete_on=now.date())
    ContactAccess.objects.create(
        viewer_id=cast.carol.pk, viewer_kind="campaign", subject_id=cast.alice.pk, access_point="placement", at=now
    )
    return match


def rows_of_contest(cast: Cast) -> list[Any]:
    """Every row that an admin page can show, of the contest and the two sides of Doe for Senate."""
    campaign = cast.campaign
    of_request = {"request__campaign": campaign}
    of_match = {"match__request__campaign": campaign}
    return [
        *Contest.objects.all(),
        *Candidate.objects.all(),
        *Campaign.objects.all(),
        *Member.objects.all(),
        *Request.objects.filter(campaign=campaign),
        *Role.objects.filter(**of_request),
        *Seat.objects.filter(role__request__campaign=campaign),
        *Match.objects.filter(**of_request),
        *Proposal.objects.filter(**of_request),
        *Veto.objects.filter(campaign=campaign),
        *Pin.objects.all(),
        *Run.objects.filter(roles__request__campaign=campaign),
        *RunArrays.objects.filter(run__roles__request__campaign=campaign),
        *(row for model in (Message, ProblemReport, ChecklistTick) for row in model.objects.filter(**of_match)),
        *(row for model in (TimeEntry, Expense) for row in model.objects.filter(**of_match)),
    ]


def admin_path(row: Any) -> str:
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/"


def test_the_admin_shows_such_a_reviewer_nothing_of_the_contest(
    ruths_browser: Client, reviewer_client: Client, cast: Cast, match: Match
) -> None:
    betrayed = []
    rows = rows_of_contest(cast)
    for row in rows:
        page = f"{admin_path(row)}{row.pk}/change/"
        assert reviewer_client.get(page).status_code == 200, page
        listed = ruths_browser.get(admin_path(row)).context["cl"].queryset
        if ruths_browser.get(page).status_code != 302 or listed.filter(pk=row.pk).exists():
            betrayed.append(page)

    assert betrayed == []
    assert {type(row)._meta.label for row in rows} == {
        model._meta.label for model, page in admin.site._registry.items() if getattr(page, "contest_path", "")
    }


def test_no_list_and_no_search_of_the_admin_names_anything_of_it(
    ruths_browser: Client, cast: Cast, match: Match, now: datetime
) -> None:
    addresses = ["/admin/", f"/admin/volunteers/volunteer/{match.volunteer_id}/change/"]
    for model, page in admin.site._registry.items():
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        addresses += [address, *(f"{address}?q={word}" for word in HIDDEN_WORDS[:2] if page.search_fields)]
    betrayed = []
    for address in addresses:
        said = ruths_browser.get(address).content.decode().replace(f'value="{HIDDEN_WORDS[0]}"', "")
        said = said.replace(f'value="{HIDDEN_WORDS[1]}"', "")
        betrayed += [f"{address}: {word}" for word in HIDDEN_WORDS if word in said]

    assert betrayed == []


def test_the_contact_access_log_does_not_tell_who_works_for_whom(
    ruths_browser: Client, reviewer_client: Client, match: Match
) -> None:
    page = "/admin/core/contactaccess/"
    shown = [row.viewer_kind for row in reviewer_client.get(page).context["cl"].queryset]

    assert "campaign" in shown
    assert "campaign" not in [row.viewer_kind for row in ruths_browser.get(page).context["cl"].queryset]


def test_a_notice_in_the_admin_names_no_match(reviewer_client: Client, match: Match, now: datetime) -> None:
    notice = Notice.objects.filter(subjects__match=str(match.public_id)).first()
    assert notice is not None

    said = reviewer_client.get(f"/admin/core/notice/{notice.pk}/change/").content.decode()

    assert str(match.public_id) not in said


def snapshot() -> list[Any]:
    """What decisions change."""
    models: tuple[Any, ...] = (Campaign, Member, Request, Seat, Match, Pin, Veto, ProblemReport, Run, Message, Vetting)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_no_button_of_the_admin_decides_for_such_a_reviewer(
    ruths_browser: Client, cast: Cast, match: Match, now: datetime
) -> None:
    Campaign.objects.filter(pk=cast.campaign.pk).update(paused_at=now)
    report, proposal = ProblemReport.objects.get(), Proposal.objects.get()
    run = Run.objects.latest("pk")
    before = snapshot()
    chosen = "_selected_action"
    posts: list[tuple[str, dict[str, Any]]] = [
        (f"/admin/campaigns/campaign/{cast.campaign.pk}/end/", {"version": cast.campaign.version}),
        ("/admin/campaigns/campaign/", {"action": "resume_selected", chosen: [cast.campaign.pk]}),
        ("/admin/campaigns/campaign/", {"action": "verify_selected", chosen: [cast.campaign.pk]}),
        ("/admin/matching/proposal/", {"action": "approve_selected", chosen: [proposal.pk]}),
        ("/admin/matching/proposal/", {"action": "reject_selected", chosen: [proposal.pk], "reason": "fit"}),
        (f"/admin/matching/proposal/{proposal.pk}/somebody-else/", {"volunteer": cast.alice.volunteer.pk}),
        (f"/admin/matching/problemreport/{report.pk}/close/", {"outcome": "Looked."}),
        ("/admin/matching/run/", {"action": "cancel_selected", chosen: [run.pk]}),
        *(
            (f"/admin/matching/match/{match.pk}/do-{name}/", {"version": match.version, "note": "x", "reason": "other"})
            for name in ("release", "finish", "complete", "cancel", "accept", "broadcast")
        ),
    ]

    answers = [ruths_browser.post(address, body).status_code for address, body in posts]

    assert snapshot() == before
    assert set(answers) <= {302, 404}


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


def vetting_form(now: datetime) -> dict[str, str]:
    return {"area": "voter-data", "method": "call", "valid_until": str(now.date() + timedelta(days=90))}


def test_such_a_reviewer_neither_vets_nor_erases_the_people_of_the_contest(
    ruths_browser: Client, reviewer_client: Client, cast: Cast, match: Match, now: datetime
) -> None:
    vet = f"/admin/volunteers/volunteer/{match.volunteer_id}/vet/"
    erase = f"/admin/core/user/{cast.alice.pk}/erase/"
    area = Vetting._meta.get_field("area").choices[0][0]  # type: ignore[index]
    form = vetting_form(now) | {"area": area}

    assert "You have a part in a contest of this person" in ruths_browser.post(vet, form).content.decode()
    assert "You have a part in a contest of this person" in ruths_browser.post(erase, {"asked": "on"}).content.decode()
    assert not Vetting.objects.exists()
    assert User.objects.filter(pk=cast.alice.pk).exists()
    # What the pages say before a decision is the same for a person with no part in it.
    assert "part in a contest" not in ruths_browser.get(erase).content.decode()
    reviewer_client.post(vet, form)
    assert Vetting.objects.count() == 1


def test_a_reviewer_is_not_told_whose_only_manager_somebody_is(ruths_browser: Client, cast: Cast) -> None:
    page = f"/admin/core/user/{cast.carol.pk}/erase/"

    assert "Doe for Senate" not in ruths_browser.get(page).content.decode()
    assert "Doe for Senate" not in ruths_browser.post(page, {"asked": "on"}).content.decode()
