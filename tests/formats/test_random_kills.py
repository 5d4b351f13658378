"""A save that is killed at any moment leaves the file as before or as new, and nothing for ever."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from lambdaplanner.formats.templates import template_named

ROOT = Path(__file__).parents[2]
KILLS = 30
SEED = 20_240_607

_PROGRAM = """
import json, os, random, signal, sys
from pathlib import Path
from lambdaplanner.formats.plan_file import open_plan, save_plan
from lambdaplanner.formats.source_text import SourceText
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.edit import Edit

path, kills, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
old = path.read_bytes()
opened = open_plan(path)
Edit(opened.plan).add(Vpc(id="other", cidr="10.9.0.0/16"))

class Lines:
    '''Counts the lines that run from a function on, and ends the process before one of them.'''
    def __init__(self, begin, last):
        self.begin, self.last, self.count = begin, last, 0
    def __call__(self, frame, event, _argument):
        if event == "call" and frame.f_code.co_name == self.begin:
            self.begin = ""
        if event == "line" and not self.begin and "formats" in frame.f_code.co_filename:
            self.count += 1
            if self.count == self.last:
                os.kill(os.getpid(), signal.SIGKILL)
        return self

def save(begin, last=-1):
    lines = Lines(begin, last)
    sys.settrace(lines)
    save_plan(opened.plan, path, opened)
    sys.settrace(None)
    return lines.count

# The text is made first, which takes most lines; most that can go wrong is after that.
BEGINNINGS = ("save_plan", "make_part", "take_place")
save("")
new = path.read_bytes()
lengths = []
for begin in BEGINNINGS:
    path.write_bytes(old)
    lengths.append(save(begin))
chance = random.Random(seed)
left, seen = 0, []
for turn in range(kills):
    path.write_bytes(old)
    begin, length = BEGINNINGS[turn % 3], lengths[turn % 3]
    last = chance.randint(1, length)  # drawn here: each child would draw the same
    child = os.fork()
    if not child:
        save(begin, last)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), status
    found = path.read_bytes()
    seen.append("old" if found == old else "new" if found == new else "broken")
    left += len(list(path.parent.iterdir())) > 1
    open_plan(path)
    assert list(path.parent.iterdir()) == [path]
print(json.dumps({"seen": seen, "left": left}))
"""


def killed(folder: Path, kills: int, seed: int) -> tuple[list[str], int]:
    """What the file was after each kill, and how often something stood beside it."""
    path = folder / "p.yaml"
    path.write_text(template_named("brief-network").text)
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(path), str(kills), str(seed)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    return report["seen"], report["left"]


def test_a_save_killed_at_any_line_leaves_a_whole_file(tmp_path: Path) -> None:
    seen, left = killed(tmp_path, KILLS, SEED)
    assert len(seen) == KILLS
    assert set(seen) == {"old", "new"}
    assert left > 0
