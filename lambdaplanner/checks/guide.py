"""The guide's page on checks, made from the table.

`python -m lambdaplanner.checks.guide FILE` writes it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from lambdaplanner.checks.catalogue import CHECKS
from lambdaplanner.checks.left_out import LEFT_OUT
from lambdaplanner.checks.registry import SEVERITIES, Severity

_MEANING: dict[Severity, str] = {
    "error": "It does not work, or AWS refuses to build it.",
    "warning": "AWS builds it, and people regret it.",
    "info": "Worth knowing.",
}

_HEAD = """# Checks

<!-- Made from lambdaplanner/checks by `make golden`; a test fails when it is stale. -->

Every rule that the window's findings panel and `lambdaplanner check` apply, at every edit. An error
that nobody acknowledged makes `check` fail. A plan can say that somebody decided to live with a
finding:

```yaml
acknowledged:
  - {finding: LAM-001, about: [orders], reason: one zone until launch, until: 2027-06-30}
```

It covers every finding with that id that is about all the things named; without `about` every
finding with that id. After the day in `until` it shows again.
"""


_LEFT_OUT = """
## Left out

Rules that others check and this program cannot, since a plan does not hold what they are about:

"""


def guide_page() -> str:
    """The page as Markdown."""
    parts = [_HEAD]
    for severity in SEVERITIES:
        named = sorted(CHECKS.values(), key=lambda rule: rule.id)
        rules = [rule for rule in named if rule.severity == severity]
        if not rules:
            continue
        parts.append(f"\n## {severity.capitalize()}s\n\n{_MEANING[severity]}\n")
        for rule in rules:
            source = f" [AWS's page]({rule.reference})" if rule.reference else ""
            parts.append(f"\n### {rule.id}: {rule.title}\n\n{rule.explanation}{source}\n")
    parts.append(_LEFT_OUT)
    parts += [f"- **{name}**, {row.title}: {row.why}.\n" for name, row in LEFT_OUT.items()]
    return "".join(parts)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(guide_page(), encoding="utf-8")
