"""Background work: one queue in the same database."""

Q_CLUSTER = {
    "name": "onebow",
    "orm": "default",
    "workers": 1,
    "poll": 0.5,
    "timeout": 900,
    # A worker that died leaves its task to be delivered again; tasks are idempotent.
    "retry": 960,
    "max_attempts": 3,
    "catch_up": False,
    "label": "后台任务",
}
