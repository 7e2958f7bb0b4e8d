"""The table of retention periods has each rule with its days, and so has the list of personal data."""

import re

from core.privacy.retention_registry import list_retention_rules
from tests.core.privacy.personal_data_map import read_personal_data_map
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "reference" / "personal-data.md"
ROW = re.compile(r"^\| (`[a-z_`, ]+`) \| [^|]+ \| (\d+)", re.MULTILINE)
DAYS = re.compile(r"(\d+) days")

TABLES_OF_RULE = {
    "notices": {"core_notice"},
    "bounced_addresses": {"core_bouncedaddress"},
    "removed_addresses": {"core_removedaddress"},
    "contact_access": {"core_contactaccess"},
    "tokens": {"core_personaltoken"},
    "factor_recoveries": {"core_factorrecovery"},
    "unknown_skill_words": {"core_unknownskillword"},
    "member_invitations": {"campaigns_memberinvitation"},
    "candidate_links": {"campaigns_candidatelink", "campaigns_candidateaddress", "campaigns_replacedcandidatelink"},
    "candidate_stops": {"campaigns_candidatestop"},
    "briefs": {"campaigns_request"},
    "filings": {"campaigns_filing"},
    "kept_plans": {"campaigns_keptplan"},
    "interests": {"matching_interest"},
    "duty_shifts": {"matching_dutyshift"},
    "incident_watches": {"matching_incidentwatch"},
    "invitations": {"volunteers_invitation"},
    "messages": {"matching_message"},
    "notes": {"matching_match"},
    "reports": {"matching_problemreport"},
}
AFTER_LEAVING = "days after leaving"  # said of columns that go with a profile, in several tables
WITHOUT_A_RULE = {"django_session", "matching_runarrays"}  # their period is a setting, and a field of the policy


def test_each_retention_rule_is_in_the_table_with_its_days() -> None:
    listed = {
        kind: int(days) for kinds, days in ROW.findall(PAGE.read_text()) for kind in re.findall(r"`(\w+)`", kinds)
    }

    assert listed == {kind: rule.days for kind, rule in list_retention_rules().items()}


def test_the_list_of_personal_data_has_the_days_of_the_rules() -> None:
    rules = list_retention_rules()
    rule_of_table = {table: rule for rule, tables in TABLES_OF_RULE.items() for table in tables}
    seen = set()
    for entry in read_personal_data_map():
        if (found := DAYS.search(entry.retention)) is None or entry.table in WITHOUT_A_RULE:
            continue
        rule = "left" if AFTER_LEAVING in entry.retention else rule_of_table[entry.table]
        assert int(found[1]) == rules[rule].days, f"{entry.table}.{entry.column}: {entry.retention}"
        seen.add(rule)

    assert seen == {*TABLES_OF_RULE, "left"}
