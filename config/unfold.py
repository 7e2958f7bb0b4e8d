"""How the admin looks: its name, and its menu in the order of a reviewer's day."""

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext as _


def mfa_warning_label(request: HttpRequest) -> list[str] | None:
    """What the admin says beside its name where no second factor is asked for."""
    return [str(_("Demo: no second factor asked")), "warning"] if settings.SECOND_FACTOR != "required" else None


def _menu_section(title: str, **lists: str) -> dict[str, object]:
    """A part of the admin's menu: model and title of each list."""
    items = [{"title": name, "link": reverse_lazy(f"admin:{model}_changelist")} for model, name in lists.items()]
    return {"title": title, "separator": True, "items": items}


UNFOLD_SETTINGS = {
    "SITE_TITLE": "Handraiser",
    "SITE_HEADER": "Handraiser",
    "SITE_SUBHEADER": "Review",
    "ENVIRONMENT": "config.unfold.mfa_warning_label",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": True,
    "SITE_URL": "/",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("icon.svg")}],
    "STYLES": [lambda request: static("review.css")],
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": [
            _menu_section(
                "Review",
                matching_proposal="Proposals",
                matching_match="All matches",
                matching_problemreport="Reports",
                matching_run="Runs",
            ),
            _menu_section(
                "People",
                volunteers_volunteer="Volunteers",
                volunteers_vetting="Vetting",
                volunteers_invitation="Invitations",
                core_user="Accounts",
            ),
            _menu_section(
                "Campaigns",
                campaigns_campaign="Campaigns",
                campaigns_request="Requests",
                campaigns_role="Roles",
                campaigns_contest="Contests",
            ),
            _menu_section("Rules", matching_policy="Rules we use", matching_veto="Vetoes", matching_pin="Pins"),
            _menu_section(
                "Reference",
                campaigns_playbook="Playbooks",
                core_skill="Skills",
                core_party="Parties",
                core_jurisdiction="Places",
            ),
            _menu_section("Records", ledger_timeentry="Hours", ledger_expense="Expenses", core_notice="Notices"),
            {"title": "Everything", "items": [{"title": "All tables", "link": reverse_lazy("admin:index")}]},
        ],
    },
}
