"""`tinyv serve`: the verifier over HTTP, for trainers on other machines or without Python."""

import os
from contextlib import suppress
from dataclasses import fields
from typing import Annotated, Any

from tinyv_cli.cli import options
from tinyv_cli.errors import UsageError
from tinyv_cli.words import Proofs

TOKEN = "TINYV_SERVE_TOKEN"
EXTRA = 'tinyv serve needs its extra: pip install "tinyv-cli[serve]"'
LOCAL = ("127.0.0.1", "localhost", "::1")
STOP_SECONDS = 30  # in which a server that is told to stop answers what it has taken


def serve(
    judges: options.Judges,
    resources: options.Resources,
    host: Annotated[
        str,
        options.option(
            options.OUTPUT, "--host", metavar="ADDRESS", help="Where to listen; others want a token."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, options.option(options.OUTPUT, "--port", metavar="N", help="0 takes a free one.")
    ] = 8765,
    token: Annotated[
        str | None,
        options.option(
            options.OUTPUT,
            "--token",
            metavar="TEXT",
            help="What requests must carry.",
            show_default=f"${TOKEN}",
        ),
    ] = None,
    deadline: options.Deadline = None,
    shadow: options.Shadow = None,
    queue: Annotated[
        int,
        options.option(
            options.RUN, "--queue", metavar="N", min=1, help="Answers verified at a time; others get a 429."
        ),
    ] = 2048,
) -> None:
    """Serve verdicts over HTTP; stops when it is interrupted, once what it has taken is answered.

    Examples:
    tinyv serve --model nano --port 8765
    """
    token = token or os.environ.get(TOKEN)
    if host not in LOCAL and token is None:
        raise UsageError(f"--host {host}: whoever may ask there must know a token; set --token or {TOKEN}")
    try:
        import uvicorn

        from tinyv_cli.serving.app import application
    except ModuleNotFoundError as error:
        raise UsageError(EXTRA) from error
    from tinyv_cli.running.signals import leave_signals
    from tinyv_cli.verifier import Verifier

    given = {**_options(judges, resources), "deadline": deadline, "shadow": shadow}
    with Verifier(**given) as verifier, suppress(KeyboardInterrupt):
        leave_signals()
        app = application(verifier, token=token, most=queue)
        uvicorn.run(app, host=host, port=port, access_log=False, timeout_graceful_shutdown=STOP_SECONDS)


def _options(*records: Any) -> dict[str, Any]:
    """What was given, as a `Verifier` takes it."""
    given = {each.name: getattr(record, each.name) for record in records for each in fields(record)}
    return given | {"proofs": given["proofs"] is Proofs.ON}
