"""A body for every operation that takes one, in which as much as possible is wrong at once, and what is told of it.

Each line is an operation, what is sent, and the beginning of the sentence at each path.
"""

from tests.core.api.wrong_account_bodies import ACCOUNT_BODIES
from tests.core.api.wrong_campaign_bodies import CAMPAIGN_BODIES
from tests.core.api.wrong_matching_bodies import MATCHING_BODIES

WRONG_BODIES = CAMPAIGN_BODIES | ACCOUNT_BODIES | MATCHING_BODIES
"""By the id of the operation."""
