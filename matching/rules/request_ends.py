"""What becomes of the matches of a request that ends. Pure."""

from matching.rules.states import STATES_HOLDING_SEAT, MatchState

STATES_ENDED_BY_CLOSING = (MatchState.PROPOSED, MatchState.APPROVED, MatchState.OFFERED, MatchState.ACCEPTED)
"""A request that is closed takes no new people. Work that has begun goes on until its own clock ends."""

STATES_ENDED_BY_CANCELLING = (MatchState.PROPOSED, *STATES_HOLDING_SEAT)
"""A request that is cancelled, or a seat that is closed, ends these. Work that has begun is handed over."""
