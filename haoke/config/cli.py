"""Decides the words of the command line; a person's mistake is one sentence on stderr and exit code 2."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import haoke
from haoke.config.refusals import CannotStart
from haoke.core.env import BadEnvironment, Env, load_env

app = typer.Typer(
    help="Haoke 好客: customer service as a method.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
token = typer.Typer(help="API tokens for machines.", no_args_is_help=True)
mail = typer.Typer(help="What Haoke makes of a mail.", no_args_is_help=True)
search = typer.Typer(help="The index by which conversations are found.", no_args_is_help=True)
app.add_typer(search, name="search")
app.add_typer(token, name="token")
app.add_typer(mail, name="mail")

# Imports stand inside the commands: the supervisor and `status` never pay for Django.


def main() -> None:
    """The entry point of `haoke`."""
    try:
        app()
    except (CannotStart, BadEnvironment) as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(haoke.__version__)
        raise typer.Exit


@app.callback()
def haoke_command(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def up(empty: Annotated[bool, typer.Option("--empty", help="Start without the demo company.")] = False) -> None:
    """Start everything: database, web, worker and mail listener. Ctrl-C stops it."""
    from haoke.config.up import run_up

    run_up(load_env(os.environ), empty=empty)


@app.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Ask web, mail listener and database whether they answer. Exit code 1 if one does not."""
    from haoke.config import status as room

    found = room.status(load_env(os.environ))
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        room.show(found, Console())
    raise typer.Exit(0 if room.is_healthy(found) else 1)


@token.command("create")
def create_token(name: str, role: Annotated[str, typer.Option(help="One of the seven roles, such as agent.")]) -> None:
    """Create an API token and print it, once and alone."""
    _with_database()
    _enter_django()
    from django.utils import translation

    from haoke.accounts import services
    from haoke.core.actor import Actor
    from haoke.core.errors import Refusal

    # The command line speaks one language, whatever the house speaks.
    translation.activate("en")
    try:
        print(services.create_token(name=name, role=role, by=Actor.system()))
    except Refusal as refusal:
        raise CannotStart(str(refusal)) from None


@mail.command("parse")
def parse_mail(file: Annotated[str, typer.Argument(help="A file with one raw mail, or - for standard input.")]) -> None:
    """Print as JSON what Haoke reads in a mail."""
    from haoke.channels import rules

    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise CannotStart(f"{file} cannot be read ({error.strerror}): name a file with one raw mail.") from None
    described = rules.describe(rules.parse_mail(raw), own_names=frozenset())
    sys.stdout.buffer.write(json.dumps(described, ensure_ascii=False, indent=2).encode() + b"\n")


@search.command("rebuild")
def rebuild_search() -> None:
    """Make the words of all messages anew, here and now; a worker that runs helps. Ctrl-C leaves the rest to it."""
    _with_database()
    _enter_django()
    from haoke.config.search import rebuild

    rebuild(Console(stderr=True))


@app.command()
def web() -> None:
    """Serve pages alone, on a database that runs."""
    from haoke.config.web import serve

    serve(_with_database())


@app.command()
def worker() -> None:
    """Run jobs alone, on a database that runs."""
    _with_database()
    _enter_django()
    from haoke.core.queue import run_worker

    run_worker()


@app.command()
def smtp() -> None:
    """Take in mail alone, on a database that runs."""
    _with_database()
    _enter_django()
    from haoke.config import listener

    listener.main()


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def manage(context: typer.Context) -> None:
    """Django's own commands, such as `haoke manage shell`."""
    _lend_database(load_env(os.environ))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haoke.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["haoke manage", *context.args])


@app.command(hidden=True)
def prepare(empty: Annotated[bool, typer.Option("--empty")] = False) -> None:
    """Migrate, fill on the first start, and print one line of JSON: the part of `haoke up` that needs Django."""
    _with_database()
    _enter_django()
    from haoke.config.prepare import prepare as bring_up_to_date

    print(json.dumps(bring_up_to_date(database_url=os.environ["DATABASE_URL"], empty=empty), ensure_ascii=False))


def _with_database() -> Env:
    """The environment, with the address of a database that answers.

    Raises: CannotStart when none does.
    """
    from haoke.config.reach import database_trouble

    env = load_env(os.environ)
    url = _lend_database(env)
    if url is None:
        raise CannotStart(f"Haoke does not run on {env.data}: start it with haoke up, or set DATABASE_URL.")
    if trouble := database_trouble(url):
        raise CannotStart(f"The database cannot be reached ({trouble}): start it, or mend DATABASE_URL.")
    return env


def _lend_database(env: Env) -> str | None:
    """Without DATABASE_URL, use the embedded database of the Haoke that runs on the same data folder."""
    from haoke.config.report import running_database_url

    url = env.database_url or running_database_url(env.data)
    if url:
        os.environ["DATABASE_URL"] = url
    return url


def _enter_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haoke.config.settings")
    import django

    django.setup()
