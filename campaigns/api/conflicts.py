"""Why operations on campaigns and requests answer 409."""

_CAMPAIGN_OVER = "The campaign is over."
_ALONE = "The campaign would have no manager: make another member a manager first."
_STOPPED = "The candidate has stopped the campaign, and no reviewer has spoken with them yet."
_TOO_MANY = "too_many: The member manages as many unverified campaigns as they may. Wait until this one is verified."
_REQUEST_OVER = "The request is closed, completed or cancelled."
_EMERGENCY = "It is an emergency, whose offer cannot be changed."
_NOT_VERIFIED = "The campaign is not verified, so who could help is not shown yet."

CONFLICTS: dict[str, tuple[str, ...]] = {
    "acceptMemberInvitation": (
        "The invitation was used, taken back or sent to another address, or is too old: the answer is the same.",
        _CAMPAIGN_OVER,
        "No one can join the campaign at the moment: its candidate has stopped it, say. Try again later.",
        "You are a member of the campaign already.",
    ),
    "addRole": (_REQUEST_OVER, _EMERGENCY, _CAMPAIGN_OVER),
    "addSeats": (_REQUEST_OVER, _EMERGENCY, _CAMPAIGN_OVER),
    "amendRequest": (_REQUEST_OVER, _EMERGENCY, _CAMPAIGN_OVER),
    "amendRole": (_REQUEST_OVER, _EMERGENCY, _CAMPAIGN_OVER),
    "cancelRequest": (_REQUEST_OVER, _CAMPAIGN_OVER),
    "changeFiling": (_CAMPAIGN_OVER, _STOPPED, "The campaign was verified by what would change."),
    "correctCampaignNames": (
        _CAMPAIGN_OVER,
        _STOPPED,
        "The campaign is verified: a reviewer corrects its names.",
        "The candidate agreed under this name, or it came with the ballot: a reviewer corrects it.",
    ),
    "changeMemberPosition": (_ALONE, _TOO_MANY, f"The position is a higher one. {_STOPPED}"),
    "closeCandidateStop": (
        "Another reviewer has closed this stop.",
        "The campaign is over, so it cannot go on: close the stop as over.",
    ),
    "closeRequest": (
        "The request is not published.",
        "It is an emergency: cancel it when it is over.",
        _CAMPAIGN_OVER,
    ),
    "closeRole": (_REQUEST_OVER, _CAMPAIGN_OVER),
    "closeSeat": (_REQUEST_OVER, _CAMPAIGN_OVER),
    "draftRequest": (_CAMPAIGN_OVER,),
    "endCampaign": ("The campaign is ended already.",),
    "endManagerAccess": (_CAMPAIGN_OVER, _TOO_MANY),
    "estimateDraftSupply": (_NOT_VERIFIED, _CAMPAIGN_OVER),
    "estimateRequestSupply": (_NOT_VERIFIED, _CAMPAIGN_OVER),
    "giveCandidateConsent": ("You have stopped the campaign: tell us on the phone that it may go on.",),
    "inviteMember": (_CAMPAIGN_OVER, _STOPPED),
    "leaveCampaign": (_ALONE,),
    "listCampaignManagers": (),
    "publishRequest": ("The request is no draft.", _STOPPED, _CAMPAIGN_OVER),
    "reduceSeats": ("The request is not published.", _CAMPAIGN_OVER),
    "registerCampaign": (),
    "removeMember": (_ALONE,),
    "replaceDraft": ("The request is no longer a draft: amend it instead.", _CAMPAIGN_OVER),
    "resumeCampaign": ("The campaign is not paused.",),
    "revokeMemberInvitation": ("The invitation was used already: remove the member instead.",),
    "sendCandidateLink": (_CAMPAIGN_OVER,),
    "stopCampaignAsCandidate": (),
    "verifyCampaign": ("The campaign is verified already, or ended.", _STOPPED),
}
