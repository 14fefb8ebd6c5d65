"""`vademecum serve`: show the site on this machine while its guidelines are written."""

import argparse
import sys
from pathlib import Path
from typing import Any

from generator.commands.mkdocs_site import mkdocs_config

LAST_PORT = 65535


def add_to(verbs: Any) -> None:
    """Declare the command."""
    serve = verbs.add_parser("serve", help="serve the site on this machine, and show each change as it is saved")
    serve.add_argument("-f", "--config-file", type=Path, default=Path("mkdocs.yml"))
    serve.add_argument("-a", "--address", type=_address, default=("127.0.0.1", 8000), metavar="HOST:PORT")
    serve.set_defaults(run=_serve)


def _address(text: str) -> tuple[str, int]:
    """Host and port of `127.0.0.1:8000` or `[::1]:8000`; port 0 is any that is free."""
    host, colon, port = text.rpartition(":")
    if not (colon and host and port.isascii() and port.isdigit() and int(port) <= LAST_PORT):
        problem = f"expected HOST:PORT such as 127.0.0.1:8000, found '{text}'"
        raise argparse.ArgumentTypeError(problem)
    return host.removeprefix("[").removesuffix("]"), int(port)


def _serve(options: argparse.Namespace) -> int:
    if not options.config_file.is_file():
        return 0 if mkdocs_config(options.config_file) else 1  # says what is missing
    from generator.serve import session  # noqa: PLC0415 - other commands do without mkdocs

    host, port = options.address
    try:
        session.serve(options.config_file, host, port)
    except session.CannotListenError as error:
        other = port + 1 if port < LAST_PORT else port - 1
        if error.in_use:
            print(f"vademecum: expected a free port, found {host}:{port} in use", file=sys.stderr)
            print(f"  hint: end what uses it, or take another: --address {host}:{other}", file=sys.stderr)
        else:
            print(f"vademecum: cannot listen at {host}:{port}: {error}", file=sys.stderr)
            print("  hint: take an address of this machine, and a port from 1024", file=sys.stderr)
        return 1
    return 0
