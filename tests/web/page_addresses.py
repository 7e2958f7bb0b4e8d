"""The pages that are judged by look and markup: each with the reader who opens it. Rooms add theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.test import Client
from django.urls import reverse

from campaigns.actions.filings import state_filing
from campaigns.filing_rules import FilingChange
from campaigns.models import Campaign
from core.models import BouncedAddress
from core.notifications.bounces import mark_bounced
from matching.lifecycle.actions.calendar_feed import open_calendar_feed
from matching.lifecycle.actions.messages import write_message
from matching.lifecycle.actions.vetoes import veto_campaign
from matching.rules.states import STATES_MESSAGING_OPEN, MatchState
from tests.cast import Cast, sign_in_browser
from tests.match_factory import make_match
from tests.web.campaigns import candidate_states, incidents, member_states, request_states
from tests.web.campaigns.plan_steps import say_closest, say_outcome
from tests.web.volunteers import board_states
from tests.web.volunteers.start_steps import say_skills, say_week
from volunteers.actions.availability import set_on_call


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """A page in one state. `reader` is a name of the cast, empty for a visitor; `typed` is a form sent to it first.

    `come` takes the steps that lead to the page.
    """

    name: str
    address: str | Callable[[Cast, datetime], str]
    reader: str = ""
    typed: dict[str, str] | None = None
    status: int = 200
    come: Callable[[Client, datetime], object] | None = None

    def find_address(self, cast: Cast, at: datetime) -> str:
        return self.address if isinstance(self.address, str) else self.address(cast, at)

    def make_client(self, cast: Cast, at: datetime) -> Client:
        client = Client()
        if self.reader:
            sign_in_browser(client, getattr(cast, self.reader))
        if self.come is not None:
            self.come(client, at)
        return client


def come_to_when(client: Client, at: datetime) -> None:
    say_skills(client, "front-end")


def come_to_fits(client: Client, at: datetime) -> None:
    say_skills(client, "front-end")
    say_week(client)


def come_to_email(client: Client, at: datetime) -> None:
    say_outcome(client, at)
    say_closest(client)


def make_mail_stop_address(cast: Cast, at: datetime) -> str:
    return reverse(
        "mail-stop", args=[signing.dumps([str(cast.alice.public_id), "offers"], salt="core.notifications.mail.stop")]
    )


def make_campaign_address(page: str, state: MatchState) -> Callable[[Cast, datetime], str]:
    """Return the maker of an address about Alice in this state, as her campaign opens it."""

    def make_address(cast: Cast, at: datetime) -> str:
        match = make_match(cast, at, state)
        if state in STATES_MESSAGING_OPEN:
            write_message(actor=cast.alice, match=match, text="Where is the logo?", at=at)
        ids = [cast.campaign.public_id] if page == "campaign-desk" else [cast.campaign.public_id, match.public_id]
        return reverse(page, args=ids)

    return make_address


def make_names_address(cast: Cast, at: datetime) -> str:
    Campaign.objects.update(state="unverified", verified_at=None, verified_by=None)
    return reverse("campaign-names", args=[cast.campaign.public_id])


def make_filing_address(cast: Cast, at: datetime) -> str:
    change = FilingChange(safe_phone="+1 503 555 0177")
    state_filing(actor=cast.carol, campaign=cast.campaign, change=change, at=at)
    return reverse("campaign-filing-page", args=[cast.campaign.public_id])


def make_told_address(cast: Cast, at: datetime) -> str:
    return reverse("campaign-candidate-told", args=[cast.campaign.public_id])


def make_change_address(cast: Cast, at: datetime) -> str:
    return reverse("campaign-change", args=[cast.campaign.public_id, cast.request.public_id])


def make_vetoes_address(cast: Cast, at: datetime) -> str:
    veto_campaign(actor=cast.alice, match=make_match(cast, at, MatchState.COMPLETED), at=at)
    return reverse("my-vetoes")


def make_veto_address(cast: Cast, at: datetime) -> str:
    veto = veto_campaign(actor=cast.alice, match=make_match(cast, at, MatchState.COMPLETED), at=at)
    return reverse("my-veto-lift", args=[veto.public_id])


def make_never_address(cast: Cast, at: datetime) -> str:
    return reverse("volunteer-never", args=[make_match(cast, at, MatchState.COMPLETED).public_id])


def make_open_calendar_address(cast: Cast, at: datetime) -> str:
    open_calendar_feed(actor=cast.alice, secret="abc", authenticated_at=at, at=at)
    return reverse("my-calendar")


def make_on_call_address(cast: Cast, at: datetime) -> str:
    set_on_call(actor=cast.alice, on_call=True, at=at)
    return reverse("my-on-call")


def make_desk_after(make: Callable[[Cast, datetime], str]) -> Callable[[Cast, datetime], str]:
    """Return the maker of the desk's address after what the candidate did."""

    def make_address(cast: Cast, at: datetime) -> str:
        make(cast, at)
        return reverse("campaign-desk", args=[cast.campaign.public_id])

    return make_address


def make_bounced(
    reader: str, find_address: Callable[[Cast], str], kind: BouncedAddress.Kind = BouncedAddress.Kind.BOUNCED
) -> Callable[[Cast, datetime], str]:
    """Return the maker of an address of a page, once letters to this reader came back."""

    def make_address(cast: Cast, at: datetime) -> str:
        mark_bounced(address=getattr(cast, reader).email, kind=kind, code="", at=at)
        return find_address(cast)

    return make_address


MEMBER_PAGES = [
    JudgedPage("campaign-members", member_states.make_members, "carol"),
    JudgedPage("campaign-members-invited", member_states.make_members_and_invitation, "carol"),
    JudgedPage("campaign-members-wrong", member_states.make_members, "carol", typed={"email": "erin"}, status=400),
    JudgedPage("campaign-members-staff", member_states.make_members_for_staff, "carol"),
    JudgedPage("campaign-member-position", member_states.make_position, "carol"),
    JudgedPage("campaign-member-end", member_states.make_end, "carol"),
    JudgedPage("campaign-leave", member_states.make_leave, "carol"),
    JudgedPage("campaign-leave-first", member_states.make_leave_of_only_manager, "carol"),
    JudgedPage("campaign-take-back", member_states.make_take_back, "carol"),
]

CANDIDATE_PAGES = [
    JudgedPage("candidate", candidate_states.make_question),
    JudgedPage("candidate-long-name", candidate_states.make_long_name),
    JudgedPage("candidate-agreed", candidate_states.make_agreed),
    JudgedPage("candidate-stopped", candidate_states.make_stopped),
    JudgedPage("candidate-late", candidate_states.make_late_call),
    JudgedPage("candidate-over", candidate_states.make_over),
    JudgedPage("candidate-over-after-no", candidate_states.make_over_after_no),
    JudgedPage("candidate-replaced", candidate_states.make_replaced, status=410),
    JudgedPage("candidate-without-manager", candidate_states.make_without_manager),
    JudgedPage("candidate-no", candidate_states.make_no),
    JudgedPage("candidate-end-manager", candidate_states.make_end_of_one_manager),
    JudgedPage("candidate-end-only-manager", candidate_states.make_end_of_only_manager),
    JudgedPage(
        "candidate-end-wrong",
        candidate_states.make_end_of_only_manager,
        typed={"successor": "mo"},
        status=400,
    ),
    JudgedPage("campaign-desk-letter", make_desk_after(candidate_states.make_question), "carol"),
    JudgedPage("campaign-desk-agreed", make_desk_after(candidate_states.make_agreed), "carol"),
    JudgedPage("campaign-desk-stopped", make_desk_after(candidate_states.make_stopped), "carol"),
    JudgedPage("campaign-desk-stopped-late", make_desk_after(candidate_states.make_late_call), "carol"),
    JudgedPage("campaign-desk-over", make_desk_after(candidate_states.make_over_after_no), "carol"),
]
ROLE_TYPED = {"name": "Front end", "hours_per_week": "3", "level": "3", "seat_count": "2", "version": "2"}

CAMPAIGN_PAGES = [
    JudgedPage("campaign-request", request_states.make_request, "carol"),
    JudgedPage("campaign-request-unchecked", request_states.make_unchecked_request, "carol"),
    JudgedPage("campaign-request-closed", request_states.make_closed_request, "carol"),
    JudgedPage("campaign-role", request_states.make_suggested_role, "carol"),
    JudgedPage("campaign-role-asks", request_states.make_role, "carol", typed=ROLE_TYPED),
    JudgedPage("campaign-role-checked", request_states.make_role, "carol", typed=ROLE_TYPED | {"check": "1"}),
    JudgedPage("campaign-role-wrong", request_states.make_role, "carol", typed={"hours_per_week": "99"}, status=400),
    JudgedPage("campaign-role-languages", request_states.make_speaking_role, "carol"),
    JudgedPage("campaign-role-add", request_states.make_team_addition, "carol"),
    JudgedPage("campaign-role-add-wrong", request_states.make_team_addition, "carol", typed={"name": ""}, status=400),
    JudgedPage("campaign-role-close", request_states.make_end_of_empty_role, "carol"),
    JudgedPage("campaign-role-close-people", request_states.make_end_of_role, "carol"),
    JudgedPage("campaign-role-close-asks", request_states.make_end_of_role, "carol", typed={"version": "2"}),
    JudgedPage("campaign-change-work", request_states.make_change_with_work, "carol"),
    JudgedPage("campaign-change-suggested", request_states.make_suggested_change, "carol"),
    JudgedPage("campaign-close", request_states.make_page_of("campaign-request-close"), "carol"),
    JudgedPage("campaign-cancel", request_states.make_page_of("campaign-request-cancel"), "carol"),
    JudgedPage("plan-change", make_change_address, "carol"),
    JudgedPage("plan-change-wrong", make_change_address, "carol", typed={"starts_on": "soon"}, status=400),
    JudgedPage("campaign-candidate-told", make_told_address, "carol"),
    JudgedPage("campaign-names", make_names_address, "carol"),
    JudgedPage("campaign-filing", make_filing_address, "carol"),
    JudgedPage(
        "campaign-filing-wrong", make_filing_address, "carol", typed={"safe_phone": "12", "version": "1"}, status=400
    ),
    *(
        JudgedPage(f"campaign-desk-{state}", make_campaign_address("campaign-desk", state), "carol")
        for state in (MatchState.OFFERED, MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.COMPLETED)
    ),
    JudgedPage(
        "campaign-desk-bounced",
        make_bounced("carol", lambda cast: reverse("campaign-desk", args=[cast.campaign.public_id])),
        "carol",
    ),
    *(
        JudgedPage(f"campaign-person-{state}", make_campaign_address("campaign-person", state), "carol")
        for state in (MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.CLOSING, MatchState.COMPLETED)
    ),
    JudgedPage("campaign-gone", make_campaign_address("campaign-person", MatchState.WITHDRAWN), "carol", status=404),
    JudgedPage("campaign-handed-over", make_campaign_address("campaign-person-complete", MatchState.CLOSING), "carol"),
    JudgedPage("campaign-no", make_campaign_address("campaign-person-decline", MatchState.ACCEPTED), "carol"),
    *(
        JudgedPage(f"campaign-{page}", make_campaign_address(f"campaign-person-{page}", MatchState.ACTIVE), "carol")
        for page in ("messages", "report", "done", "release")
    ),
    JudgedPage(
        "campaign-message-empty",
        make_campaign_address("campaign-person-messages", MatchState.ACTIVE),
        "carol",
        typed={"text": ""},
        status=400,
    ),
]

HACKED_PAGES = [
    JudgedPage("hacked", "/hacked/"),
    JudgedPage("hacked-volunteer", "/hacked/", "alice"),
    JudgedPage("campaign-hacked", incidents.make_report_form, "carol"),
    JudgedPage("campaign-hacked-wrong", incidents.make_report_form, "carol", typed={"contact": "12"}, status=400),
    JudgedPage("campaign-hacked-again", incidents.make_report_again, "carol"),
    JudgedPage("campaign-hacked-sign-out", incidents.make_sign_out, "carol"),
    JudgedPage("campaign-incident-new", incidents.make_new, "carol"),
    JudgedPage("campaign-incident-asked", incidents.make_asked, "carol"),
    JudgedPage("campaign-incident-asked-again", incidents.make_asked_again, "carol"),
    JudgedPage("campaign-incident-nobody", incidents.make_nobody, "carol"),
    JudgedPage("campaign-incident-helped", incidents.make_helped, "carol"),
    JudgedPage("campaign-incident-false-alarm", incidents.make_false_alarm, "carol"),
    JudgedPage("campaign-incident-called-off", incidents.make_called_off, "carol"),
]

PAGES = [
    *CAMPAIGN_PAGES,
    *HACKED_PAGES,
    *MEMBER_PAGES,
    *CANDIDATE_PAGES,
    JudgedPage("home", "/"),
    JudgedPage("home-signed-in", "/", "alice"),
    JudgedPage("about", "/about/"),
    JudgedPage("help", "/help/"),
    JudgedPage("conduct", "/conduct/"),
    JudgedPage("design", "/design/"),
    JudgedPage("open-roles", board_states.show_board),
    JudgedPage("open-roles-nothing", board_states.show_empty_board),
    JudgedPage("open-role", board_states.show_role),
    JudgedPage("open-role-gone", board_states.show_gone_role, status=404),
    JudgedPage("nothing-here", "/nothing/", status=404),
    JudgedPage("sign-in", "/accounts/login/"),
    JudgedPage("sign-in-wrong", "/accounts/login/", typed={"login": "alice@example.org", "password": "x"}),
    JudgedPage("sign-up", "/accounts/signup/"),
    JudgedPage("sign-in-code", "/accounts/login/code/"),
    JudgedPage("new-password", "/accounts/password/reset/"),
    JudgedPage("mail-stop", make_mail_stop_address),
    JudgedPage("for-campaigns", "/for-campaigns/"),
    JudgedPage("account", "/account/", "alice"),
    JudgedPage("letters", "/account/letters/", "alice"),
    JudgedPage("account-name", "/account/name/", "alice"),
    JudgedPage("my-data", "/my-data/", "alice"),
    JudgedPage("my-data-wrong", "/my-data/", "alice", typed={"password": "x"}, status=400),
    JudgedPage("sign-in-again", "/account/sign-in-again/?next=/my-data/", "alice"),
    JudgedPage("sign-in-again-bounced", make_bounced("alice", lambda cast: "/account/sign-in-again/"), "alice"),
    JudgedPage("email", "/accounts/email/", "alice"),
    JudgedPage(
        "email-bounced",
        make_bounced("alice", lambda cast: "/accounts/email/", BouncedAddress.Kind.COMPLAINED),
        "alice",
    ),
    JudgedPage("password", "/accounts/password/change/", "alice"),
    JudgedPage("second-factor", "/accounts/2fa/", "alice"),
    JudgedPage("join", member_states.make_link),
    JudgedPage("join-own", member_states.make_link_for_dave, "dave"),
    JudgedPage("join-other", member_states.make_link, "bob"),
    JudgedPage("join-nothing", "/join/nothing/", "alice"),
    JudgedPage("invitation", "/invitation/nothing/", "alice"),
    JudgedPage("invitation-code", "/invitation/nothing/?code", "alice"),
    JudgedPage("reviewer-home", "/", "rita"),
    # The first visit, and the week of a volunteer.
    JudgedPage("start-skills", "/start/skills/?draft=abc"),
    JudgedPage("start-skills-wrong", "/start/skills/?draft=abc", typed={"card": "front-end"}),
    JudgedPage(
        "start-when-more", "/start/when/?draft=abc", typed={"more_2": "1", "windows": "0-evening"}, come=come_to_when
    ),
    JudgedPage("start-when-wrong", "/start/when/?draft=abc", typed={"from_0_0": "18:00"}, come=come_to_when),
    JudgedPage("start-fits-wrong", "/start/fits/?draft=abc", typed={"email": "maya"}, come=come_to_fits),
    JudgedPage("start-under-18-sure", "/start/under-18/sure/?draft=abc"),
    JudgedPage("start-under-18", "/start/under-18/"),
    # A campaign plans a project.
    JudgedPage("plan-outcome-wrong", "/plan/outcome/?draft=abc", typed={"wanted_on": "soon"}),
    JudgedPage("plan-closest-wrong", "/plan/closest/?draft=abc", typed={"playbook": ""}, come=say_outcome),
    JudgedPage("plan-role-wrong", "/plan/role/?draft=abc", typed={"hours_per_week": "99"}, come=say_outcome),
    JudgedPage("plan-email-wrong", "/plan/email/?draft=abc", typed={"email": "dana"}, come=come_to_email),
    JudgedPage("my-skills", "/me/skills/", "alice"),
    JudgedPage("my-skills-wrong", "/me/skills/", "alice", typed={"card": "front-end"}, status=400),
    JudgedPage("my-wishes", "/me/wishes/", "alice"),
    JudgedPage("my-wishes-wrong", "/me/wishes/", "alice", typed={"restrict_to_levels": "on"}, status=400),
    JudgedPage("my-profile", "/me/profile/", "alice"),
    JudgedPage("my-details", "/me/about/", "alice"),
    JudgedPage("my-details-wrong", "/me/about/", "alice", typed={"first_name": ""}, status=400),
    JudgedPage("my-calendar", "/me/calendar/", "alice"),
    JudgedPage("my-calendar-open", make_open_calendar_address, "alice"),
    JudgedPage("my-calendar-address", "/me/calendar/", "alice", typed={}),
    JudgedPage("my-vetoes", "/me/never/", "alice"),
    JudgedPage("my-vetoes-some", make_vetoes_address, "alice"),
    JudgedPage("my-veto-lift", make_veto_address, "alice"),
    JudgedPage("volunteer-never", make_never_address, "alice"),
    JudgedPage("my-on-call", "/me/on-call/", "alice"),
    JudgedPage("my-on-call-yes", make_on_call_address, "alice"),
    JudgedPage("my-leave", "/me/leave/", "alice"),
    JudgedPage("my-week", "/me/week/", "alice"),
    JudgedPage("my-week-wrong", "/me/week/", "alice", typed={"max_hours_per_week": "other"}, status=400),
    JudgedPage("my-hours", "/me/still-right/", "alice"),
    JudgedPage("my-pause", "/me/week/pause/", "alice"),
    JudgedPage("my-return", "/me/back/", "alice"),
    JudgedPage("my-rest", "/me/rest/", "alice"),
    JudgedPage("my-time-off", "/me/time-off/", "alice"),
]
