"""Text of the report that `./run demo` prints after the run."""

import json
from collections.abc import Iterator, Sequence
from textwrap import fill

from django.urls import reverse

from campaigns.models import Role, Seat
from demo.examples import choose_example_empty_seats, choose_example_matches, find_claimed_level
from demo.logins import FURTHER_LOGIN_EMAILS, REVIEWER_EMAIL, DemoLogin
from demo.run_progress import STAGE_DESCRIPTIONS
from matching.lifecycle.explanations import explain_match
from matching.models import Match, Run
from matching.rules.score_parts import PART_NAMES
from matching.runs.explanations import explain_empty_seat

FURTHER_LOGINS_GUIDE = "docs/how-to/look-around-the-demo.md"
LINE_WIDTH = 118
LINE_INDENT = "      "


def format_report(run: Run, logins: Sequence[str]) -> str:
    """Return the whole report of a finished run, ending with the lines of `format_logins`."""
    sections = (
        _result_lines(run),
        _stage_lines(run),
        _match_lines(choose_example_matches()),
        _empty_seat_lines(run, choose_example_empty_seats(run)),
        logins,
    )
    return "\n\n".join("\n".join(section) for section in sections)


def format_json_summary(run: Run) -> str:
    """Return the run as one line of JSON. `gap` is a share, `seconds` the sum over all stages."""
    return json.dumps(
        {
            "volunteers": run.volunteer_count,
            "seats": run.seat_count,
            "filled": run.filled_count,
            "gap": None if run.gap is None else round(run.gap, 6),
            "seconds": _total_seconds(run),
        }
    )


def _total_seconds(run: Run) -> float:
    total: float = sum(run.stage_seconds.values())
    return round(total, 2)


def _result_lines(run: Run) -> Iterator[str]:
    filled, seats, volunteers = run.filled_count or 0, run.seat_count or 0, run.volunteer_count or 0
    yield f"Seats filled    {filled:,} of {seats:,} ({_round_percentage(filled, seats)} %)"
    yield f"Certified gap   {100 * (run.gap or 0):.3f} %: no other plan at all could be worth more than this above ours"
    yield f"Weighed         {run.pair_count or 0:,} possible pairs of {volunteers:,} volunteers and those seats"


def _round_percentage(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _stage_lines(run: Run) -> Iterator[str]:
    yield f"Seconds by stage ({_total_seconds(run):.2f} in all)"
    width = max(map(len, run.stage_seconds), default=0)
    for name in sorted(run.stage_seconds, key=_stage_order):
        yield f"  {name:{width}}  {run.stage_seconds[name]:6.2f}"


def _stage_order(stage: str) -> int:
    """Return the position of the stage in a run; the database does not keep the order of the figures."""
    ordered_stages = list(STAGE_DESCRIPTIONS)
    return ordered_stages.index(stage) if stage in ordered_stages else ordered_stages.index("store")


def _match_lines(matches: Sequence[Match]) -> Iterator[str]:
    yield "Five matches, and why"
    for match in matches:
        role = match.seat.role
        yield f"  {_short_volunteer_name(match)} ({role.skill} {find_claimed_level(match)}) -> {_seat_title(role)}"
        yield _wrap_text(_score_text(match))
        yield _wrap_text(explain_match(match))
    if not matches:
        yield "  None: no volunteer fits a free seat."


def _short_volunteer_name(match: Match) -> str:
    return f"{match.volunteer.first_name} {match.volunteer.last_name[:1]}."


def _seat_title(role: Role) -> str:
    request = role.request
    return f"{role.name}, {request.title} ({request.campaign})"


def _score_text(match: Match) -> str:
    parts = [f"{name} {match.score_parts[name]}" for name in PART_NAMES if match.score_parts.get(name)]
    return f"score {match.score} = {' + '.join(parts)}"


def _empty_seat_lines(run: Run, seats: Sequence[Seat]) -> Iterator[str]:
    yield "Three empty seats, and why"
    for seat in seats:
        role = seat.role
        yield f"  {_seat_title(role)}, asks for {role.skill} {role.level}, {role.hours_per_week} h a week"
        yield _wrap_text(explain_empty_seat(run, seat))
    if not seats:
        yield "  None: every seat is filled."


def _wrap_text(text: str) -> str:
    return fill(text, LINE_WIDTH, initial_indent=LINE_INDENT, subsequent_indent=LINE_INDENT, break_on_hyphens=False)


def format_logins(logins: Sequence[DemoLogin], further_password: str, url: str) -> Iterator[str]:
    """Yield a line for each main user of the demo, and one for all further ones.

    `url` is the address of the site, without a slash at its end.
    """
    yield f"Sign in at {url}{reverse('account_login')}; these passwords are new, the last ones no longer work"
    widths = [max(len(value) for value in column) for column in zip(*map(_login_cells, logins), strict=True)]
    for login in logins:
        label, email, password = (f"{cell:{width}}" for cell, width in zip(_login_cells(login), widths, strict=True))
        page = reverse("admin:index") if login.email == REVIEWER_EMAIL else reverse("home")
        yield f"  {label}  {email}  {password}  {url}{page}"
    yield f"  {len(FURTHER_LOGIN_EMAILS)} more share the password {further_password}; {FURTHER_LOGINS_GUIDE} names them"


def _login_cells(login: DemoLogin) -> tuple[str, str, str]:
    return login.label, login.email, login.password
