"""Why an operation answers 409, in the API's document. Each app lists its own in a module `api.conflicts`.

Every operation that changes something is listed, by its id. Its reasons begin with the code of the problem and a colon
where that is not `wrong_state`. An operation without reasons never answers 409.
"""

from functools import cache

from core.api.app_modules import list_app_modules

CONFLICTS: dict[str, tuple[str, ...]] = {
    "approveFactorRecovery": ("The recovery does not wait for an approval any more.",),
    "changeMyAccount": (),
    "createToken": (),
    "eraseAccount": (
        "Something has to be done first: `blockers` of the preview say what, and so does `detail`.",
        "Erasures cannot be written down at the moment. Nothing was erased: try again later.",
    ),
    "markNoticesRead": (),
    "replaceMutedTopics": (),
    "reportUnknownSkillWord": (),
    "requestFactorRecovery": (
        "The account has no second factor.",
        "A recovery of this account is under way already.",
    ),
    "revokeToken": (),
    "setReviewerRoles": (),
    "stopFactorRecovery": ("The recovery is over already.",),
}


@cache
def list_conflicts() -> dict[str, tuple[str, ...]]:
    """Return the reasons of all apps, by the id of the operation. Raises ValueError for one that is listed twice."""
    conflicts: dict[str, tuple[str, ...]] = {}
    for module in list_app_modules("conflicts"):
        for operation_id, reasons in module.CONFLICTS.items():
            if operation_id in conflicts:
                raise ValueError(f"The reasons of {operation_id} are listed twice: keep one of the two.")
            conflicts[operation_id] = reasons
    return conflicts


def split_conflict(reason: str) -> tuple[str, str]:
    """Return the code of a reason, and its sentences."""
    code, colon, sentences = reason.partition(": ")
    return (code, sentences) if colon and code.islower() and " " not in code else ("wrong_state", reason)
