"""How often a campaign, a member or a person does within a day what writes rows or sends letters."""

MAX_REQUEST_WRITES_PER_CAMPAIGN_PER_DAY = 300
"""Each draft, change and publication counts. Each may write 300 seats, and as many rows of history, which stay."""
MAX_CHANGES_PER_REQUEST_PER_DAY = 50
"""Of a published request: each change may ask all of its people again, by letter. A request has 20 roles to change."""
MAX_POSITION_CHANGES_PER_MEMBER_PER_DAY = 10
"""Each informs the member, and the other managers of a new one."""
MAX_CANDIDATE_LINKS_PER_CAMPAIGN_PER_DAY = 5
"""Each is a letter to the address that the candidate has filed."""
MAX_FILING_CHANGES_PER_CAMPAIGN_PER_DAY = 20
"""Each new safe phone informs every manager."""
MAX_CAMPAIGNS_REGISTERED_PER_DAY = 5
"""By one person, ended campaigns too: each one informs reviewers, and has its own limit of invitations."""
