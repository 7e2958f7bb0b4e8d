"""Descriptions of the fields and parameters of volunteers' profiles, by name."""

_ANSWER_DUE_AT = (
    "Until when an answer is promised: an offer, or why there is none yet. Null once it is given, and while none is "
    "promised."
)
_WINDOWS = (
    "They may overlap. Two that start at the same time of a weekday and end at different times are refused, at the "
    "second of them."
)
_CLAIMED_SKILL = (
    "A skill of `skills` by its code, or a branch: one without a `parent`. A claim counts for roles that ask for this "
    "skill or for a branch above it. So a claimed branch counts only for roles that ask for the branch, and not for "
    "the skills below it."
)
_REST_UNTIL = "The first day after the rest that follows a project; null without a rest."

FIELD_DESCRIPTIONS = {
    "answered_at": "When it was answered; null while it is open.",
    "asked_at": "When it was asked.",
    "availability_confirmed_at": "When the hours were last said or confirmed; null if never.",
    "claims": "The skills that the volunteer has, each once and at a level. At least one.",
    "is_paused": "True to get no offers until it is false again.",
    "job_restricts": "Whether the volunteer's job restricts political work.",
    "jurisdictions": "Codes of the jurisdictions where the volunteer would like to serve.",
    "last_name": "The last name; it may be empty.",
    "levels": "The levels of government at which the volunteer would like to serve.",
    "may_make_decisions": "Whether the volunteer may take decisions in campaigns.",
    "parties": "Codes of the parties that the volunteer would like to serve.",
    "restrict_to_jurisdictions": "True to serve in no other jurisdictions; then name at least one.",
    "restrict_to_levels": "True to serve at no other levels; then name at least one.",
    "restrict_to_parties": "True to serve no other parties; then name at least one.",
    "time_off": "Days on which the volunteer is away.",
    "wants_to_lead": "Whether the volunteer is ready to lead a team.",
    "windows": "When the volunteer has time each week, on the wall clock of the time zone, with those of presets. They "
    "may overlap. They come in the order of the week: by weekday, then by start.",
    "Availability.answer_due_at": _ANSWER_DUE_AT,
    "Availability.rest_until": _REST_UNTIL,
    "Availability.version": "The version of the profile, which a change of the availability raises.",
    "LevelAnswerInput.level": "The right level, from 1 to 5, as `skill_level` of the vocabulary labels them; 0 "
    "removes the skill.",
    "LevelQuestion.name": "The name of the skill.",
    "LevelQuestion.skill": "The skill, by its code.",
    "OnCallInput.on_call": "Whether the volunteer may be asked at any hour when a campaign has been hacked.",
    "Profile.first_name": "The first name.",
    "Profile.languages": "Codes of the languages that the volunteer speaks. Empty: none, so only roles that ask for no "
    "language fit.",
    "Profile.state": "Whether the volunteer takes part.",
    "ProfileInput.assumed": "Ignored, so that a profile that was read can be sent back.",
    "ProfileInput.contact": "How the members of a project reach the volunteer. Left out or empty: the account's "
    "address.",
    "ProfileInput.first_name": "The first name.",
    "ProfileInput.id": "Ignored, so that a profile that was read can be sent back.",
    "ProfileInput.jurisdictions": "Codes of the jurisdictions where the volunteer would like to serve. Left out: none.",
    "ProfileInput.last_name": "The last name. Left out: empty.",
    "ProfileInput.levels": "The levels of government at which the volunteer would like to serve. Left out: none.",
    "ProfileInput.parties": "Codes of the parties that the volunteer would like to serve. Left out: none.",
    "ProfileInput.restrict_to_jurisdictions": "True to serve in no other jurisdictions; then name at least one. Left "
    "out: false.",
    "ProfileInput.restrict_to_levels": "True to serve at no other levels; then name at least one. Left out: false.",
    "ProfileInput.restrict_to_parties": "True to serve no other parties; then name at least one. Left out: false.",
    "ProfileInput.state": "Ignored, so that a profile that was read can be sent back.",
    "ProfileInput.time_off": "Days on which the volunteer is away. They may be past, and may overlap; no two start on "
    "the same day. Left out: none.",
    "ProfileInput.wants_to_lead": "Whether the volunteer is ready to lead a team. Left out: false.",
    "ProfileInput.windows": "When the volunteer has time each week, on the wall clock of the time zone, in any order. "
    f"{_WINDOWS} Left out: those of the presets. A profile needs one window or one preset at least.",
    "FitsInput.windows": "When the person has time each week, on the wall clock of the time zone, in any order. "
    f"{_WINDOWS} Left out: those of the presets. One window or one preset is needed at least.",
    "ProfileInput.languages": "Codes of the languages that the volunteer speaks. Left out: English. Empty: none, so "
    "only roles that ask for no language fit.",
    "ProfileInput.job_restricts": "Whether the volunteer's job restricts political work. Left out: not said.",
    "ProfileInput.may_make_decisions": "Whether the volunteer may take decisions in campaigns. Left out: not said.",
    "adult": "True: the volunteer is 18 or over. Anything else is refused.",
    "ProfileInput.max_hours_per_week": "Most hours a week, from 1 to 60.",
    "ProfileInput.max_projects": "Most projects at once, from 1 to 5. Left out: one.",
    "Profile.version": "Rises with each edit, and when the availability changes. Send it back with a change, so that a "
    "stale one is refused.",
    "ProfileState.answer_due_at": _ANSWER_DUE_AT,
    "ProfileState.rest_until": _REST_UNTIL,
    "ProfileState.version": "The version of the profile, which a change of the availability raises, too.",
    "SkillClaimRequest.wants_to_use": "Whether the volunteer would like to use the skill. Left out: true.",
    "SkillClaim.skill": _CLAIMED_SKILL,
    "StatedClaimInput.skill": _CLAIMED_SKILL,
    "SkillClaim.level": "From 1 to 5; `skill_level` of the vocabulary has the labels.",
}

PARAMETER_DESCRIPTIONS: dict[str, str] = {}
