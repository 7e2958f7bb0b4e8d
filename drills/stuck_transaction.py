"""`drill stuck-transaction`: one transaction holds a request and does not end. Everything else must go on."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

from django.utils import timezone

from campaigns.models import Member, Request
from drills.held_request import holding_request
from drills.report import DrillReport, wait_until
from drills.runs import queue_drill_run, warm_up_worker
from drills.site import Answer, Site
from drills.tokens import create_drill_token

POSTS = 12  # more than the web process has threads
# Two rounds of the time that a web process waits for a lock: the second begins when the first gave its threads back.
MAX_POST_SECONDS, MAX_HEALTH_SECONDS = 15.0, 10.0
MAX_SWEEP_SECONDS, MAX_RUN_SECONDS = 30.0, 30.0


def make_trouble(site: Site, report: DrillReport) -> None:
    """Hold a request, send POSTs to it, and watch the health check, the sweep and a run meanwhile."""
    held, over, asked = Request.objects.filter(state=Request.State.PUBLISHED).order_by("pk")[:3]
    member = (
        Member.objects.filter(campaign=held.campaign, position=Member.Position.MANAGER).select_related("user").get()
    )
    token = create_drill_token(member.user)
    report.say(f"The worker is warm: a run over one request took {warm_up_worker(asked):.1f} s.")
    with holding_request(held), ThreadPoolExecutor(POSTS + 1) as pool:
        report.say(f"A transaction holds a request. {POSTS} POSTs want to cancel it.")
        address = f"/api/v1/requests/{held.public_id}/cancel"
        posts = [pool.submit(site.ask, "POST", address, token, f"drill-key-{number:03}") for number in range(POSTS)]
        yesterday = timezone.now().date() - timedelta(days=3)
        Request.objects.filter(pk=over.pk).update(starts_on=yesterday, ends_on=yesterday)
        finished = queue_drill_run(asked)
        health = _watch_health(site, posts)
        answers = [post.result() for post in posts]
        _judge_posts(report, answers)
        report.judge(
            f"the health check answers within {MAX_HEALTH_SECONDS:.0f} s",
            f"{max(each.seconds for each in health):.1f} s",
            holds=all(each.status == 200 and each.seconds <= MAX_HEALTH_SECONDS for each in health),
        )
        swept = wait_until(lambda: Request.objects.get(pk=over.pk).state == Request.State.CLOSED, MAX_SWEEP_SECONDS)
        report.judge(
            "the sweep closes another request whose days are over", f"{swept:.1f} s", holds=swept < MAX_SWEEP_SECONDS
        )
        run = wait_until(finished, MAX_RUN_SECONDS)
        report.judge("a run over another request ends", f"{run:.1f} s", holds=run < MAX_RUN_SECONDS)
    again = site.ask("POST", address, token, "drill-key-000")
    report.judge("the same POST with its key, sent again, is done", again.status, holds=again.status == 200)


def _judge_posts(report: DrillReport, answers: list[Answer]) -> None:
    slowest = max(answer.seconds for answer in answers)
    statuses = sorted({answer.status for answer in answers})
    told = all(answer.status == 503 and answer.headers.get("Retry-After") for answer in answers)
    report.judge("each POST is told to try again", statuses, holds=told)
    report.judge(f"within {MAX_POST_SECONDS:.0f} s", f"{slowest:.1f} s", holds=slowest <= MAX_POST_SECONDS)


def _watch_health(site: Site, posts: list[Future[Answer]]) -> list[Answer]:
    health = [site.ask("GET", "/healthz")]
    while not all(post.done() for post in posts):
        health.append(site.ask("GET", "/healthz"))
    return health
