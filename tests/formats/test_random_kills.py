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
    '''Counts the lines that run, and ends the process before one of them.'''
    def __init__(self, last):
        self.last, self.count = last, 0
    def __call__(self, frame, event, _argument):
        if event == "line" and "formats" in frame.f_code.co_filename:
            self.count += 1
            if self.count == self.last:
                os.kill(os.getpid(), signal.SIGKILL)
        return self

def save(lines):
    sys.settrace(lines)
    save_plan(opened.plan, path, opened)
    sys.settrace(None)

def timed():
    '''How many lines run until the file is begun, until it is replaced, and altogether.'''
    lines, at = Lines(-1), []
    genuine = os.fsync, os.replace
    os.fsync = lambda handle: (at.append(lines.count), genuine[0](handle))
    os.replace = lambda *names: (at.append(lines.count), genuine[1](*names))
    save(lines)
    os.fsync, os.replace = genuine
    return at[0] - 60, at[1], lines.count

save(Lines(-1))
new = path.read_bytes()
path.write_bytes(old)
begun, replaced, end = timed()
chance = random.Random(seed)
left, seen = 0, []
for turn in range(kills):
    path.write_bytes(old)
    # The text is made first, which takes most lines; most that can go wrong is after that.
    first = (1, begun, replaced)[turn % 3]
    child = os.fork()
    if not child:
        save(Lines(chance.randint(first, end)))
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
