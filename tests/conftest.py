"""What every test stands on: Qt without a screen, private settings, guards, Hypothesis profiles."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.guards", "tests.windows"]

ROOT = Path(__file__).resolve().parents[1]

# Qt reads this when the application is made. A test of the real window sets the other one, in a
# process of its own.
if "LAMBDAPLANNER_TEST_XCB" not in os.environ:
    # A screen of a usual size: the first window is never larger than the screen.
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={ROOT / 'tests' / 'screen.json'}"
# The user's own scaling and style would change sizes and pixels.
for _name in ("QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME", "QT_FONT_DPI"):
    os.environ.pop(_name, None)

# `fast` draws the same examples in every run, so that a change fails for what it changed; the
# thorough one (HYPOTHESIS_PROFILE=thorough) draws new ones and many. Machines differ in speed: no
# deadline, and no complaint about slow drawing.
settings.register_profile(
    "fast",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "thorough", deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden`, which `make golden` gives."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the reference pictures and texts anew instead of comparing with them",
    )


@pytest.fixture(scope="session")
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Whether references are to be written anew."""
    return bool(pytestconfig.getoption("--update-golden"))


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """The folder for what a person may want to look at after a failure."""
    folder = ROOT / ".artefacts"
    folder.mkdir(exist_ok=True)
    return folder
