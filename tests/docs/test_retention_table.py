"""The table of retention periods has each rule with its days and its module."""

import re

from core.privacy.retention_registry import list_retention_rules
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "reference" / "personal-data.md"
ROW = re.compile(r"^\| (`[a-z_`, ]+`) \| [^|]+ \| (\d+)", re.MULTILINE)


def test_each_retention_rule_is_in_the_table_with_its_days() -> None:
    listed = {
        kind: int(days) for kinds, days in ROW.findall(PAGE.read_text()) for kind in re.findall(r"`(\w+)`", kinds)
    }

    assert listed == {kind: rule.days for kind, rule in list_retention_rules().items()}
