"""What nobody told, and what AWS reported, in the inspector."""

from __future__ import annotations

import pytest

from lambdaplanner.ui.panels.facts import facts_of
from lambdaplanner.ui.panels.resource_view import ResourceView
from lambdaplanner.ui.panels.untold_rows import UntoldRows
from lambdaplanner.ui.theme import LIGHT
from tests.ui.panel_world import NETWORK, make_bridge, thing

pytestmark = pytest.mark.usefixtures("qapp")
TEXT = f"""{NETWORK}
unknown:
- {{about: private-rt, of: routes, why: in no file}}
- {{about: db-sg, of: rules}}
observed:
  private-a: {{available: 247, lambda: 2}}
"""


def test_a_button_takes_a_row_out_in_one_step() -> None:
    bridge = make_bridge(TEXT)
    rows = UntoldRows(bridge, LIGHT)
    rows.show_of("db")
    assert rows.buttons == []
    rows.show_of("private-rt")
    (button,) = rows.buttons
    assert button.accessibleName() == "routes of private-rt is known now"
    button.click()
    rows.show_of("private-rt")
    assert rows.buttons == []
    assert [row.about for row in bridge.session.plan.unknown] == ["db-sg"]
    bridge.session.history.undo()
    rows.show_of("private-rt")
    assert len(rows.buttons) == 1
    rows.close()


def test_the_inspector_shows_them() -> None:
    bridge = make_bridge(TEXT)
    view = ResourceView(bridge, LIGHT)
    view.show()
    view.show_resource(thing(bridge, "db-sg"))
    assert len(view.untold.buttons) == 1
    view.show_resource(thing(bridge, "db"))
    assert view.untold.buttons == []
    view.close()


def test_what_aws_reported_stands_beside_the_ledger() -> None:
    bridge = make_bridge(TEXT)
    facts = facts_of(bridge.session.plan, bridge.live, thing(bridge, "private-a"))
    assert [fact.text for fact in facts][-1] == (
        "AWS reported 247 free addresses and 2 of Lambda's interfaces at the import; the plan "
        "counts 250 free."
    )
