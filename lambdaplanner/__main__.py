"""`python -m lambdaplanner` and the command `lambdaplanner`: one program."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs the command line with the process's own arguments; gives the exit status."""
    try:
        from lambdaplanner.cli import main as run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # before there is anything to say it with
        return 130


if __name__ == "__main__":
    sys.exit(main())
