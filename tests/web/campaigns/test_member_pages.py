"""Who acts for a campaign, as its managers and its other members see and change it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from campaigns.actions.invitations import MEMBER_INVITATION_LIFETIME, invite_member
from campaigns.actions.manager_ends import end_manager_access
from campaigns.models import Member, MemberInvitation
from core.models import ContactAccess, User
from tests.cast import Cast, create_user, sign_in_browser
from tests.notices import list_notified_names
from tests.web.campaigns import candidate_states
from tests.web.campaigns import member_states as states
from tests.web.campaigns.people import find_desk, open_browser


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def find_member_page(member: Member) -> str:
    return reverse("campaign-member-position", args=[member.campaign.public_id, member.public_id])


def test_the_desk_leads_to_the_people_of_the_campaign(cast: Cast, carols: Client) -> None:
    assert f'href="{states.find_members_page(cast)}"' in read(carols, find_desk(cast.campaign))


def test_a_manager_sees_all_addresses_and_the_open_invitations(cast: Cast, carols: Client, now: datetime) -> None:
    User.objects.filter(pk=cast.carol.pk).update(first_name="Carola")
    page = read(carols, states.make_members_and_invitation(cast, now))

    assert "<b>Carola</b> carol@example.org" in page

    assert "carol@example.org" in page
    assert "Staff since 2 March" in page
    assert "erin@example.org" in page
    assert "You invited them." in page
    assert "The link works until 9 March." in page
    assert page.count(">Take back<") == 1
    assert page.count(">Change the position<") == 2
    assert page.count(">End the access<") == 1  # one's own ends by leaving


def test_a_helper_sees_the_list_without_buttons_and_the_managers_address_alone(cast: Cast, now: datetime) -> None:
    address = states.make_members_for_staff(cast, now)
    User.objects.update(first_name="Hidden")
    User.objects.filter(email="mo@example.org").update(first_name="Mona")
    page = read(open_browser(cast.carol), address)

    assert "<b>Mona</b> mo@example.org" in page
    assert page.count("Hidden") == 1  # their own
    assert "A colleague" in page
    for hidden in ("sam@example.org", "erin@example.org", "Take back", "Change the position", "Send the invitation"):
        assert hidden not in page
    assert "Leave this campaign yourself" in page
    shown = set(ContactAccess.objects.filter(viewer_id=cast.carol.pk).values_list("subject_id", flat=True))
    hidden_ids = set(
        User.objects.exclude(email__in=("carol@example.org", "mo@example.org")).values_list("pk", flat=True)
    )
    assert shown & hidden_ids == set()


def test_strangers_find_nothing(cast: Cast, now: datetime) -> None:
    stranger = open_browser(cast.bob)
    for make in (states.make_members, states.make_position, states.make_take_back, states.make_leave_of_only_manager):
        assert stranger.get(make(cast, now)).status_code == 404


@pytest.mark.parametrize("make", [states.make_position, states.make_end, states.make_take_back])
def test_a_helper_who_opens_a_managers_page_reads_whom_to_ask(cast: Cast, now: datetime, make) -> None:  # type: ignore[no-untyped-def]
    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="staff", since=now)
    address, daves = make(cast, now), open_browser(cast.dave)
    for answer in (daves.get(address, follow=True), daves.post(address, {"version": 1}, follow=True)):
        assert answer.redirect_chain == [(states.find_members_page(cast), 302)]
        assert "Ask one of them." in answer.content.decode()
    assert Member.objects.filter(campaign=cast.campaign).count() == (3 if make is not states.make_take_back else 2)
    assert MemberInvitation.objects.filter(revoked_at__isnull=False).count() == 0


def test_a_manager_invites_and_an_open_invitation_is_not_sent_twice(cast: Cast, carols: Client, now: datetime) -> None:
    address = states.find_members_page(cast)
    first = carols.post(address, {"email": "Erin@example.org", "position": "staff"}, follow=True).content.decode()
    MemberInvitation.objects.update(invited_at=now - timedelta(hours=1))
    second = carols.post(address, {"email": "Erin@example.org", "position": "manager"}, follow=True).content.decode()

    assert "The letter is on its way." in first
    assert "The position in it is the one you chose now." in second
    invitation = MemberInvitation.objects.get()
    assert (invitation.email, invitation.position) == ("erin@example.org", "manager")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "erin", "position": "staff"}, "not complete"),
        ({"email": "carol@example.org", "position": "staff"}, "A member has this address already."),
        ({"email": f"{'e' * 250}@example.org", "position": "staff"}, "at most 254 characters"),
        ({"email": "erin@example.org", "position": "queen"}, "valid choice"),
    ],
)
def test_a_wrong_invitation_is_explained_and_kept(cast: Cast, carols: Client, typed: dict[str, str], said: str) -> None:
    answer = carols.post(states.find_members_page(cast), typed)

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not MemberInvitation.objects.exists()


def test_a_manager_changes_a_position_and_the_member_hears_it(cast: Cast, carols: Client, now: datetime) -> None:
    address = states.make_position(cast, now)
    assert 'value="staff" required checked' in read(carols, address) or "checked" in read(carols, address)

    carols.post(address, {"version": 1, "position": "treasurer"})

    assert Member.objects.get(user__email=states.SAM).position == "treasurer"
    assert list_notified_names("position-changed") == {"sam"}


def test_two_managers_who_decide_at_once_see_both_decisions(cast: Cast, carols: Client, now: datetime) -> None:
    address = states.make_position(cast, now)
    Member.objects.filter(user__email=states.SAM).update(position="manager", version=2)

    answer = carols.post(address, {"version": 1, "position": "treasurer"})

    assert answer.status_code == 409
    assert Member.objects.get(user__email=states.SAM).position == "manager"


def test_the_only_manager_stays_one(cast: Cast, carols: Client) -> None:
    carol = Member.objects.get(user=cast.carol)
    address = reverse("campaign-member-position", args=[cast.campaign.public_id, carol.public_id])

    answer = carols.post(address, {"version": carol.version, "position": "staff"})

    assert answer.status_code == 400
    assert "Make another member a manager first" in answer.content.decode()


def test_a_manager_ends_an_access_and_reads_before_what_follows(cast: Cast, carols: Client, now: datetime) -> None:
    address = states.make_end(cast, now)
    sam = Member.objects.get(user__email=states.SAM)
    cast.request.contact = sam
    cast.request.save()
    page = read(carols, address)
    assert "sam@example.org" in page
    assert "You answer the people of their project from now on." in page

    answer = carols.post(address, {"version": sam.version}, follow=True)

    assert "Their access has ended." in answer.content.decode()
    assert not Member.objects.filter(pk=sam.pk).exists()
    assert list_notified_names("access-ended") == {"sam"}
    assert "This is done already" in carols.get(address, follow=True).content.decode()


def test_ones_own_access_ends_by_leaving(cast: Cast, carols: Client) -> None:
    carol = Member.objects.get(user=cast.carol)
    address = reverse("campaign-member-end", args=[cast.campaign.public_id, carol.public_id])
    leave = reverse("campaign-leave-page", args=[cast.campaign.public_id])

    assert [carols.get(address)["Location"], carols.post(address, {"version": 1})["Location"]] == [leave, leave]


def test_everybody_can_leave(cast: Cast, now: datetime) -> None:
    address, daves = states.make_leave(cast, now), open_browser(cast.dave)
    assert "Leave this campaign?" in read(daves, address)

    answer = daves.post(address, {}, follow=True)

    assert "You no longer act for this campaign." in answer.content.decode()
    assert not Member.objects.filter(user=cast.dave).exists()


def test_the_only_manager_reads_what_to_do_first(cast: Cast, carols: Client, now: datetime) -> None:
    address = states.make_leave_of_only_manager(cast, now)
    page = read(carols, address)
    assert "You alone manage this campaign" in page
    assert "Leave the campaign<" not in page

    answer = carols.post(address, {})

    assert answer.status_code == 400
    assert Member.objects.filter(user=cast.carol).exists()


def test_an_invitation_is_taken_back_once(cast: Cast, carols: Client, now: datetime) -> None:
    address = states.make_take_back(cast, now)
    assert "erin@example.org" in read(carols, address)

    assert "Taken back." in carols.post(address, {}, follow=True).content.decode()

    assert MemberInvitation.objects.get().revoked_at is not None
    assert "This is done already" in carols.get(address, follow=True).content.decode()


def test_who_invited_is_named_only_if_they_act_for_the_campaign(cast: Cast, carols: Client, now: datetime) -> None:
    mo = Member.objects.create(campaign=cast.campaign, user=create_user("mo"), position="manager", since=now)
    invitation = states.invite_erin(cast, now)
    for inviter, said in ((mo.user, "Invited by mo@example.org."), (cast.rita, "We invited them."), (None, "named")):
        MemberInvitation.objects.filter(pk=invitation.pk).update(invited_by=inviter)
        page = read(carols, states.find_members_page(cast))
        assert said in page
        assert "rita" not in page
    MemberInvitation.objects.update(expires_at=now - timedelta(seconds=1), invited_at=now - MEMBER_INVITATION_LIFETIME)
    assert "erin@example.org" not in read(carols, states.find_members_page(cast))


def test_a_campaign_that_is_over_invites_no_one(cast: Cast, carols: Client, now: datetime) -> None:
    candidate_states.make_over(cast, now)
    assert "Send the invitation" not in read(carols, states.find_members_page(cast))


def test_whom_the_candidate_named_manages_and_decides(cast: Cast, now: datetime) -> None:
    token = candidate_states.send_link(cast, now)
    carol = Member.objects.get(user=cast.carol)
    end_manager_access(token=token, manager=carol.public_id, successor="dave@example.org", at=now)

    assert open_browser(cast.carol).get(states.find_members_page(cast)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(
    cast: Cast, carols: Client, now: datetime, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        user = create_user(f"mo{number}")
        Member.objects.create(campaign=cast.campaign, user=user, position="staff", since=now)
        invite_member(
            actor=cast.carol, campaign=cast.campaign, email=f"erin{number}@example.org", position="staff", at=now
        )
    address = states.find_members_page(cast)
    with django_assert_num_queries(11):
        carols.get(address)


@pytest.mark.parametrize("page", ["invite", "promote", "end"])
def test_who_manages_is_changed_only_after_a_fresh_proof(cast: Cast, now: datetime, page: str) -> None:
    mo = Member.objects.create(campaign=cast.campaign, user=create_user("mo"), position="manager", since=now)
    sam = states.add_sam(cast, now)
    pages = {
        "invite": (states.find_members_page(cast), {"email": "erin@example.org", "position": "manager"}),
        "promote": (find_member_page(sam), {"version": sam.version, "position": "manager"}),
        "end": (f"{find_member_page(mo)}end/", {"version": mo.version}),
    }
    address, typed = pages[page]
    client = Client()
    sign_in_browser(client, cast.carol, is_long_ago=True)

    answer = client.post(address, typed)

    assert (answer.status_code, "/reauthenticate/" in answer["Location"]) == (302, True)
    positions = Member.objects.filter(campaign=cast.campaign).order_by("pk").values_list("position", flat=True)
    assert list(positions) == ["manager", "manager", "staff"]
    assert not MemberInvitation.objects.exists()


def test_the_letter_about_a_new_member_leads_to_the_list_that_marks_them(
    cast: Cast, carols: Client, now: datetime
) -> None:
    states.add_sam(cast, timezone.now() - timedelta(days=2))
    page = read(carols, states.find_members_page(cast))
    assert page.count(">New<") == 1
    assert page.index("sam@example.org") < page.index(">New<")

    Member.objects.filter(user__email=states.SAM).update(since=timezone.now() - timedelta(days=8))
    assert ">New<" not in read(carols, states.find_members_page(cast))


def test_an_open_page_of_a_former_member_says_that_the_access_has_ended(cast: Cast, now: datetime) -> None:
    sam = states.add_sam(cast, now)
    sams = open_browser(sam.user)
    addresses = (find_desk(cast.campaign), states.find_members_page(cast))
    assert all(sams.get(address).status_code == 200 for address in addresses)

    sam.delete()

    for address in addresses:
        page = read(sams, address, status=404)
        assert "You no longer act for this campaign" in page
        assert cast.campaign.name not in page
    assert "You no longer act" not in read(open_browser(cast.dave), addresses[0], status=404)
    assert "You no longer act" not in read(sams, find_desk(cast.campaign).replace("campaigns", "nothing"), status=404)
