import json
import sys

import pytest

from tests.checks import Check, parse_vulnerabilities, run_check


def test_a_check_that_passes_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_check(Check("lint", [sys.executable, "-c", "print('many words')"]), {})
    out = capsys.readouterr().out
    assert out.startswith("lint              ok (")
    assert len(out.splitlines()) == 1


def test_a_check_that_fails_shows_what_it_said_and_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert not run_check(Check("types", [sys.executable, "-c", "raise SystemExit('line 7: wrong')"]), {})
    first, *_, said, last = [line for line in capsys.readouterr().out.splitlines() if line]
    assert first.startswith("types             FAILED (")
    assert said == "line 7: wrong"
    assert last.startswith("This failed: ")


def test_an_audit_lists_what_is_known() -> None:
    found = [
        {"name": "good", "version": "1", "vulns": []},
        {"name": "bad", "version": "2", "vulns": [{"id": "CVE-1"}, {"id": "CVE-2"}]},
    ]
    output = f"Found 2 known vulnerabilities\n{json.dumps({'dependencies': found})}\n"
    assert parse_vulnerabilities(output) == ["bad 2: CVE-1", "bad 2: CVE-2"]


def test_an_audit_that_knows_nothing_bad_lists_nothing() -> None:
    assert parse_vulnerabilities(json.dumps({"dependencies": [{"name": "good", "version": "1", "vulns": []}]})) == []


@pytest.mark.parametrize(
    "output",
    ["", "connection refused", "{", "[]", json.dumps({"dependencies": [{"name": "x", "skip_reason": "away"}]})],
)
def test_an_audit_that_could_look_up_nothing_says_so(output: str) -> None:
    assert parse_vulnerabilities(output) is None
