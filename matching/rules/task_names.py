"""Names of the Celery tasks, for modules that send them and must not import them."""

EXECUTE_RUN_TASK = "matching.tasks.execute_run"
EXECUTE_LIMITED_RUN_TASK = "matching.tasks.execute_limited_run"
VERIFY_RUN_TASK = "matching.tasks.verify_run"

SWEEP_TASK = "matching.tasks.sweep_due_work"
