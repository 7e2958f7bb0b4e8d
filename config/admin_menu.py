"""The menu, the start page and the look of the admin, as settings of its theme, django-unfold.

The menu is in the order of a reviewer's day. The start page, in `web/desk/start_page.py`, shows what waits for the
reviewer and how we are doing; administrators find all tables there, too.
"""

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def mfa_warning_label(request: HttpRequest) -> list[str] | None:
    """Return the label beside the admin's name where second factors are optional; None where they are required."""
    return [str(_("Demo: no second factor asked")), "warning"] if settings.SECOND_FACTOR != "required" else None


def _menu_section(title: Promise, **titles: Promise) -> dict[str, object]:
    """Return a section of the menu; `titles` has the title of each list by its model."""
    items = [{"title": name, "link": reverse_lazy(f"admin:{model}_changelist")} for model, name in titles.items()]
    return {"title": title, "separator": True, "items": items}


def _page_section(title: Promise, pages: dict[str, Promise]) -> dict[str, object]:
    """Return a section of the menu; `pages` has the title of each page by the name of its address."""
    items = [{"title": name, "link": reverse_lazy(address)} for address, name in pages.items()]
    return {"title": title, "separator": True, "items": items}


COLORS = {
    "base": {
        **{"50": "#faf8f4", "100": "#f1eee6", "200": "#e4dfd3", "300": "#cfc9bb", "400": "#8f9a95", "500": "#66746f"},
        **{"600": "#51605c", "700": "#33423d", "800": "#1f2b28", "900": "#121a18", "950": "#0d1412"},
    },
    "primary": {
        **{"50": "#e3f0ec", "100": "#cfe5de", "200": "#b0d4c9", "300": "#a5e3d2", "400": "#7fd3bd", "500": "#3f9c86"},
        **{"600": "#0f5c4d", "700": "#0c4e41", "800": "#0a4439", "900": "#08372e", "950": "#05241e"},
    },
}
"""Paper, ink and green of all our pages, in the scales of the theme: see `web/design/static/site.css`."""

UNFOLD_SETTINGS = {
    "COLORS": COLORS,
    "SITE_TITLE": "Handraiser",
    "SITE_HEADER": "Handraiser",
    "SITE_SUBHEADER": _("Review"),
    "ENVIRONMENT": "config.admin_menu.mfa_warning_label",
    "DASHBOARD_CALLBACK": "web.desk.start_page.build_start_page",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": True,
    "SITE_URL": "/",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("icon.svg")}],
    "STYLES": [lambda request: static("review.css")],
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": [
            _page_section(
                _("Desk"),
                {
                    "admin:index": _("Start page"),
                    "desk:teams": _("Teams to review"),
                    "desk:runs": _("Runs"),
                    "desk:why": _("Why and why not"),
                },
            ),
            _menu_section(
                _("Review"),
                matching_proposal=_("Proposals"),
                matching_match=_("All matches"),
                matching_problemreport=_("Reports"),
                matching_run=_("Runs"),
                matching_dutyshift=_("Duty"),
            ),
            _menu_section(
                _("People"),
                volunteers_volunteer=_("Volunteers"),
                volunteers_vetting=_("Vetting"),
                volunteers_invitation=_("Invitations"),
                core_user=_("Accounts"),
                core_factorrecovery=_("Second factors"),
                core_bouncedaddress=_("Bounced addresses"),
            ),
            _menu_section(
                _("Campaigns"),
                campaigns_campaign=_("Campaigns"),
                campaigns_request=_("Requests"),
                campaigns_role=_("Roles"),
                campaigns_contest=_("Contests"),
            ),
            _menu_section(
                _("Rules"), matching_policy=_("Rules we use"), matching_veto=_("Vetoes"), matching_pin=_("Pins")
            ),
            _menu_section(
                _("Reference"),
                campaigns_playbook=_("Playbooks"),
                core_skill=_("Skills"),
                core_skillalias=_("Skill aliases"),
                core_unknownskillword=_("Unknown words"),
                core_party=_("Parties"),
                core_jurisdiction=_("Jurisdictions"),
            ),
            _menu_section(
                _("Records"), ledger_timeentry=_("Hours"), ledger_expense=_("Expenses"), core_notice=_("Notices")
            ),
        ],
    },
}
