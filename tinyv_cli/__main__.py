"""The edge of the program: the one place where errors become messages and exit codes."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import takewhile
from threading import Thread

from typer import TyperException

from tinyv_cli.errors import ReaderLeftError, TinyvError, UsageError, lacking
from tinyv_cli.running.disk import remove_unfinished
from tinyv_cli.running.signals import obey_signals, told_to_end
from tinyv_cli.settings import current_settings

EXIT_USAGE = 2
EXIT_INTERRUPTED = 130
EXIT_READER_LEFT = 141  # as a shell tells of what ends by SIGPIPE
TELLING_SECONDS = 1  # a terminal that takes no more text holds nobody up longer


def main() -> None:
    """Console script `tinyv`. A scheduler that ends us is heard like Ctrl-C: nothing is left behind."""
    from tinyv_cli.console import hold_streams

    arguments = sys.argv[1:]
    hold_streams()
    code = run(arguments, first=partial(obey_signals, partial(_end_at_once, arguments)))
    remove_unfinished()  # what could not be removed while too many files were open
    with suppress(OSError):  # was told; Python flushes once more, and what failed fails only once
        sys.stdout.flush()
    sys.exit(code)


def run(arguments: list[str], *, first: Callable[[], None] | None = None) -> int:
    """Run a command line and return its exit code; what goes wrong, also `first`, is one line on stderr."""
    code: object
    try:
        if first is not None:
            first()
        code = _commanded(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = EXIT_INTERRUPTED
    except ReaderLeftError:
        return EXIT_READER_LEFT
    except Exception as error:
        if told_to_end():  # a lock that was waited for just then may fail where it is let go
            code = EXIT_INTERRUPTED
        elif _debugging(arguments):
            raise
        else:
            _complain(_in_one_line(error))
            return EXIT_USAGE
    if code == EXIT_INTERRUPTED:
        # An interrupt while a text is executed, as it is to make a dataclass, has Python end by the signal in
        # the end, whatever was caught and returned; to execute another text resets that (run_eval_code_obj).
        exec("")
        _tell_of_interrupt(arguments)
    return code if isinstance(code, int) else 0


def _commanded(arguments: list[str]) -> object:
    """What the command returns. Raises UsageError where there is no such command line."""
    from tinyv_cli.cli.app import app
    from tinyv_cli.cli.usage import explained  # now: there may be no file left to open when it is needed

    try:
        return app(arguments, prog_name="tinyv", standalone_mode=False)
    except TyperException as error:
        raise UsageError(explained(error, arguments)) from error


def _end_at_once(arguments: list[str]) -> None:
    """End as an interrupted run does, from a thread of its own, whatever the others are doing."""
    try:
        remove_unfinished()
        telling = Thread(target=_tell_of_interrupt, args=[arguments], daemon=True)
        telling.start()
        telling.join(TELLING_SECONDS)
    finally:
        os._exit(EXIT_INTERRUPTED)


def _tell_of_interrupt(arguments: list[str]) -> None:
    from tinyv_cli.console import err

    err().show_cursor()  # a progress bar hides it
    kept = "nothing was kept" if "--no-cache" in arguments else "what was judged is kept for the next run"
    kept = "the parts that are whole are kept for the next run" if "--ray" in arguments else kept
    _complain(f"interrupted; no unfinished output was left behind, {kept}")


def _in_one_line(error: Exception) -> str:
    """What went wrong; of a fault of ours `tinyv --debug` shows where it is."""
    if isinstance(error, TinyvError):
        return str(error)
    return lacking(error) or (
        f"unexpected {type(error).__name__}: {error}; run it as 'tinyv --debug …', and please report it"
    )


def _debugging(arguments: list[str]) -> bool:
    """Whether a traceback is wanted: it is said before the command, or set."""
    if "--debug" in takewhile(lambda argument: argument.startswith("-"), arguments):
        return True
    try:
        return current_settings().debug
    except (TinyvError, OSError):
        return False


def _complain(message: str) -> None:
    from tinyv_cli.console import visible

    try:
        _print_in_red(visible(message))
    except OSError:  # rich imports parts of itself while it prints, and there may be no file left to open
        print(f"tinyv: {visible(message)}", file=sys.stderr)


def _print_in_red(message: str) -> None:
    from rich.text import Text

    from tinyv_cli.console import err

    err().print(Text.assemble(("tinyv: ", "bold red"), message), soft_wrap=True)


if __name__ == "__main__":
    main()
