"""`python -m lambdaplanner` and the command `lambdaplanner`: one program."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs the command line with the process's own arguments; gives the exit status."""
    from lambdaplanner.cli import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
