"""The admin pages of campaigns: contests, campaigns, stops of candidates, playbooks and requests."""

from campaigns.admin import campaigns, candidate_links, candidate_stops, contests, playbooks, requests, verification

__all__ = ["campaigns", "candidate_links", "candidate_stops", "contests", "playbooks", "requests", "verification"]
