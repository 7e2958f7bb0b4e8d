"""Triggers for dates that two rows or two columns limit together.

They look only at dates that change, or that come with a new row, and never at today. So a restore refuses no row.
They run after the row is written: a trigger that runs before an update locks the row as if its key were to change, and
that makes everyone wait who stores a row that refers to it.
"""

import pgtrigger

from core.date_rules import MAX_REQUEST_BACKDATE_DAYS, MAX_WEEKS_AFTER_ELECTION

_OPEN_STATES = "('draft', 'published')"

REQUEST_DAYS = pgtrigger.Trigger(
    name="days_in_range",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("starts_on", "ends_on"),
    declare=[("election_day", "date")],
    func=f"""
        IF (TG_OP = 'INSERT' OR NEW.starts_on <> OLD.starts_on)
            AND NEW.starts_on < (NEW.created_at AT TIME ZONE 'UTC')::date - {MAX_REQUEST_BACKDATE_DAYS} THEN
            RAISE EXCEPTION 'The work starts more than a year before it was asked for.'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.state IN {_OPEN_STATES} AND (TG_OP = 'INSERT' OR NEW.ends_on <> OLD.ends_on) THEN
            SELECT contest.election_on INTO election_day
            FROM campaigns_campaign AS campaign
            JOIN campaigns_candidate AS candidate ON candidate.id = campaign.candidate_id
            JOIN campaigns_contest AS contest ON contest.id = candidate.contest_id
            WHERE campaign.id = NEW.campaign_id;
            IF NEW.ends_on > election_day + {7 * MAX_WEEKS_AFTER_ELECTION} THEN
                RAISE EXCEPTION 'The work ends more than {MAX_WEEKS_AFTER_ELECTION} weeks after the election.'
                    USING ERRCODE = 'check_violation';
            END IF;
        END IF;
        RETURN NEW;
    """,
)
"""A request starts at most a year before it was created, and an open one ends soon after its election."""

CONTEST_DAYS = pgtrigger.Trigger(
    name="requests_in_range",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("election_on"),
    func=f"""
        IF NEW.election_on < OLD.election_on AND EXISTS (
            SELECT FROM campaigns_request AS request
            JOIN campaigns_campaign AS campaign ON campaign.id = request.campaign_id
            JOIN campaigns_candidate AS candidate ON candidate.id = campaign.candidate_id
            WHERE candidate.contest_id = NEW.id AND request.state IN {_OPEN_STATES}
                AND request.ends_on > NEW.election_on + {7 * MAX_WEEKS_AFTER_ELECTION}
        ) THEN
            RAISE EXCEPTION 'A request ends more than {MAX_WEEKS_AFTER_ELECTION} weeks after the new election day.'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
"""An election is not moved to before what open requests allow: the action shortens them first."""
