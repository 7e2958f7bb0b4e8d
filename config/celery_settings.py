"""Settings of Celery that no environment changes.

Pending work is in the database and survives a killed worker or a lost broker: see
docs/explanation/background-work.md.
"""

from config.beat_schedule import BEAT_SCHEDULE

CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300, "socket_timeout": 5, "socket_connect_timeout": 2}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False  # whoever reaches the broker could stop workers by it
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
# A worker of their own each: letters wait for a mail server, and a run over everything takes all of a processor.
CELERY_TASK_ROUTES = {
    "matching.tasks.execute_run": {"queue": "matching"},
    "matching.tasks.verify_run": {"queue": "matching"},
    "core.tasks.deliver_notices": {"queue": "letters"},
}
# In memory: what is due stands in the database, so beat has nothing to remember.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE
