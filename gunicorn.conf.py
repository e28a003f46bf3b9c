"""gunicorn reads this by itself. Flags on its command line win (`--workers 4`, `--bind …`)."""

import sys
from typing import Any

from gunicorn.glogging import Logger

# A text is work for the processor: with more threads they only wait for each other (four: a fifth fewer
# texts a second, and the slowest hundredth three times as slow, by benchmarks/webhook.py).
threads = 2
control_socket_disable = True  # else it opens one in the home directory
# Only written with --access-logfile. No address, no query, no browser: a log must not tell who
# looked for what (%(h)s, %(q)s and %(a)s stay out).
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(b)s bytes %(M)s ms"


def post_worker_init(worker: Any) -> None:
    """Every language's rules are put together before the first text; a faulty one ends the start."""
    worker.wsgi.extensions["openway"].world.understand.warm()


class Discreet(Logger):
    """gunicorn's own messages without the address and the words of whoever asked."""

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        if str(msg).startswith("Invalid request"):
            msg, args = "Invalid request", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        if not str(msg).startswith("Error handling request"):
            super().exception(msg, *args, **kwargs)
            return
        # Its traceback and request line may hold what somebody typed.
        kind = sys.exc_info()[0]
        super().error("Error handling a request: %s", kind.__name__ if kind else "unknown")


logger_class = Discreet
