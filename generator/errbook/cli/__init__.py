"""The command line. Each command is a module that imports what it needs when it runs."""

import io
import sys
from importlib import import_module

import click

from errbook import __version__
from errbook.cli import console
from errbook.cli.exit_status import ExitStatus
from errbook.diagnostics import Failure

_COMMANDS = (
    "audit",
    "check",
    "diff",
    "explain",
    "generate",
    "lint",
    "names",
    "parse",
    "rules",
    "schema",
)
"""Each is a module in this package, with a click command called `command`."""


class _Commands(click.Group):
    """A group that imports a command when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"errbook.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        command.name = cmd_name
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="errbook %(version)s")
def errbook() -> None:
    """Compile the error tables of API documentation into code.

    Exit status: 0 success, 1 findings with severity error or outdated files, 2 errbook could not
    run, 70 a bug in errbook, 130 interrupted.
    """


def main() -> int:
    """Run the command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # JSON and diagnostics are UTF-8 (RFC 8259, section 8.1) in every locale.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = errbook(standalone_mode=False)
        return status if isinstance(status, int) else ExitStatus.CLEAN
    except click.ClickException as error:
        text = io.StringIO()
        error.show(text)
        console.err(text.getvalue().removesuffix("\n"))
        return ExitStatus.FAILED
    except Failure as failure:
        console.show_failures([failure])
        return ExitStatus.FAILED
    except (click.Abort, KeyboardInterrupt):
        return ExitStatus.INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.errno and error.filename is None:
            console.discard_output(sys.stdout)
            console.err(f"errbook: cannot print: {error.strerror}; check where the output goes")
            return ExitStatus.FAILED
        import traceback

        console.err(traceback.format_exc())
        console.err(
            "errbook: this is a bug in errbook, not in your documents; please report it at "
            "https://github.com/errbook/errbook/issues with the lines above, the document and the "
            f"version, {__version__}"
        )
        return ExitStatus.BUG
