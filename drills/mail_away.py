"""`drill mail-away`: the mail server takes connections and says nothing, while people sign up."""

from concurrent.futures import ThreadPoolExecutor

from allauth.account.models import EmailAddress

from core.models import SecretLetter
from drills.report import DrillReport, wait_until
from drills.site import Answer, Site

SIGN_UPS, SIGN_INS = 6, 10  # more than the web process has threads, and what one network may ask for in a minute
MAX_ANSWER_SECONDS, MAX_HEALTH_SECONDS = 8.0, 5.0  # a tarpit holds each request for ten
MAX_LETTER_SECONDS = 180.0  # a server that was away is tried once in two minutes
CODE_SENT = 401  # what the answer says to a sign-up that waits for its code
PATH = "/api/v1/auth/app/v1/auth/"


def make_trouble(site: Site, report: DrillReport) -> None:
    """Silence the mail server, have people sign up, and let it speak again."""
    site.mail.is_silent = True
    report.say(f"The mail server says nothing any more. {SIGN_UPS} people sign up, {SIGN_INS} sign in, all at once.")
    new = [f"new{number}@example.org" for number in range(SIGN_UPS)]
    known = EmailAddress.objects.filter(verified=True, user__is_staff=False).order_by("pk")
    people = [*new, *known.values_list("email", flat=True)[:SIGN_INS]]
    with ThreadPoolExecutor(len(people)) as pool:
        health = pool.submit(site.ask, "GET", "/healthz")
        answers = list(pool.map(lambda email: _ask_for_code(site, email, is_new=email in new), people))
    statuses = sorted({answer.status for answer in answers})
    report.judge("each waits for the code", statuses, holds=statuses == [CODE_SENT])
    slowest = max(answer.seconds for answer in answers)
    report.judge(f"within {MAX_ANSWER_SECONDS:.0f} s", f"{slowest:.1f} s", holds=slowest <= MAX_ANSWER_SECONDS)
    report.judge(
        f"the health check answers within {MAX_HEALTH_SECONDS:.0f} s",
        f"{health.result().seconds:.1f} s",
        holds=health.result().status == 200 and health.result().seconds <= MAX_HEALTH_SECONDS,
    )
    site.mail.is_silent = False
    report.say("The mail server speaks again.")
    seconds = wait_until(lambda: set(people) <= set(site.mail.received), MAX_LETTER_SECONDS)
    report.judge("every code leaves", f"{seconds:.0f} s later", holds=seconds < MAX_LETTER_SECONDS)
    twice = [email for email in people if site.mail.counts[email] != 1]
    report.judge("once each", len(twice), holds=not twice)
    left = SecretLetter.objects.count()
    report.judge("no code stays stored", left, holds=left == 0)


def _ask_for_code(site: Site, email: str, *, is_new: bool) -> Answer:
    if is_new:
        return site.ask("POST", f"{PATH}signup", email=email, password="a good long one")
    return site.ask("POST", f"{PATH}code/request", email=email)
