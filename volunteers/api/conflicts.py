"""Why operations on profiles answer 409."""

_LEFT = "You have left: come back first, by `POST /me/return`."

CONFLICTS: dict[str, tuple[str, ...]] = {
    "acceptProfileInvitation": ("You have a profile already.",),
    "answerLevelQuestion": ("You have answered this question already: change your skills in the profile.",),
    "confirmAvailability": (_LEFT,),
    "replaceMyProfile": (),
    "setOnCall": (_LEFT,),
    "setPaused": (_LEFT,),
    "waiveRest": (_LEFT,),
}
