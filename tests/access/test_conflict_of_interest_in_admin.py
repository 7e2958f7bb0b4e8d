"""A reviewer with a part in a contest sees and decides nothing of it in the admin.

Ruth reviews, and is on the staff of Roe for Senate, which stands against Doe for Senate.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.test import Client

from campaigns.actions.registration import register_campaign
from campaigns.models import Campaign, Candidate, CandidateStop, Contest, Member, Request, Role, Seat
from core.models import Notice, User
from ledger.models import Expense, TimeEntry
from matching.models import ChecklistTick, Interest, Match, Message, Pin, ProblemReport, Proposal, Run, RunArrays, Veto
from matching.rules.states import MatchState
from matching.runs.actions.scheduling import queue_run
from tests.access.test_conflict_of_interest import snapshot
from tests.cast import (
    FRONT_END_ROLE,
    Cast,
    build_candidacy,
    create_user,
    create_volunteer,
    publish_new_request,
    verify_by_phone,
)
from tests.match_factory import create_match
from volunteers.models import Vetting

HIDDEN_WORDS = ("Doe for Senate", "Kim Doe", "A small site", "swordfish", "Quill")


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
        *CandidateStop.objects.all(),
        *Request.objects.filter(campaign=campaign),
        *Role.objects.filter(**of_request),
        *Seat.objects.filter(role__request__campaign=campaign),
        *Match.objects.filter(**of_request),
        *Proposal.objects.filter(**of_request),
        *Veto.objects.filter(campaign=campaign),
        *Pin.objects.all(),
        *Interest.objects.filter(role__request__campaign=campaign),
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


def test_no_button_of_the_admin_decides_for_such_a_reviewer(
    ruths_browser: Client, cast: Cast, match: Match, now: datetime
) -> None:
    Campaign.objects.filter(pk=cast.campaign.pk).update(paused_at=now)
    report, proposal = ProblemReport.objects.get(), Proposal.objects.get()
    stop = CandidateStop.objects.create(campaign=cast.campaign, stopped_at=now, answer_due_at=now)
    run = Run.objects.latest("pk")
    before = snapshot()
    chosen = "_selected_action"
    campaign = {chosen: [cast.campaign.pk], f"version-{cast.campaign.pk}": cast.campaign.version}
    proposed = {chosen: [proposal.pk], f"version-{proposal.pk}": proposal.version}
    posts: list[tuple[str, dict[str, Any]]] = [
        (f"/admin/campaigns/campaign/{cast.campaign.pk}/end/", {"version": cast.campaign.version}),
        ("/admin/campaigns/campaign/", {"action": "resume_selected"} | campaign),
        ("/admin/campaigns/campaign/", {"action": "verify_selected", "reason": "By phone."} | campaign),
        ("/admin/matching/proposal/", {"action": "approve_selected"} | proposed),
        ("/admin/matching/proposal/", {"action": "reject_selected", "reason": "fit"} | proposed),
        (f"/admin/matching/proposal/{proposal.pk}/somebody-else/", {"volunteer": cast.alice.volunteer.pk}),
        (f"/admin/matching/problemreport/{report.pk}/close/", {"outcome": "Looked."}),
        (f"/admin/campaigns/candidatestop/{stop.pk}/close/", {"outcome": "ended", "note": "Looked."}),
        ("/admin/matching/run/", {"action": "cancel_selected", chosen: [run.pk]}),
        *(
            (f"/admin/matching/match/{match.pk}/do-{name}/", {"version": match.version, "note": "x", "reason": "other"})
            for name in ("release", "finish", "complete", "cancel", "accept", "broadcast")
        ),
    ]

    answers = [ruths_browser.post(address, body).status_code for address, body in posts]

    assert snapshot() == before
    assert set(answers) <= {302, 404}


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


def test_no_page_of_the_admin_leads_to_a_run_over_the_contest(
    ruths_browser: Client, reviewer_client: Client, cast: Cast, match: Match, now: datetime
) -> None:
    """A run that is not limited covers the contest too. Its match elsewhere is hers to see, and the run is not."""
    run = queue_run(actor=cast.rita, at=now)
    RunArrays.objects.create(run=run, problem=b"", solution=b"", delete_on=now.date())
    candidacy = build_candidacy("Nan Elsewhere", now, district="9")
    campaign = register_campaign(actor=cast.dave, candidacy=candidacy, name="Elsewhere", at=now)
    campaign = verify_by_phone(actor=cast.rita, campaign=campaign, at=now)
    request = publish_new_request(cast.dave, campaign, now, roles=[FRONT_END_ROLE])
    person = create_volunteer(create_user("pip"), now)
    seat = Seat.objects.get(role__request=request)
    elsewhere = create_match(MatchState.PROPOSED, volunteer=person, seat=seat, at=now, run=run)

    links = {
        "/admin/matching/runarrays/": f"/admin/matching/runarrays/{run.pk}/",
        f"/admin/matching/proposal/{elsewhere.pk}/change/": f"/admin/matching/run/{run.pk}/",
    }
    shown = [
        [link in browser.get(page).content.decode() for page, link in links.items()]
        for browser in (reviewer_client, ruths_browser)
    ]

    assert shown == [[True, True], [False, False]]
