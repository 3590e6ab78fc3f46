"""Works a terminal that is drawn on a page: lists its files, and deletes one."""

import re

from agent.builtin.instructions import Target
from agent.builtin.missing import missing
from agent.builtin.outcome import Act, Done, Outcome, Turn
from agent.builtin.page.deeds_of_text import DeleteFile
from agent.builtin.page.filling import clicked, typed
from devices import Click, Press, TypeText


def delete_file(part: DeleteFile, turn: Turn) -> Outcome:
    sight = turn.sight
    prompts = [line for line in sight.text.lines if re.match(r"\S*\$", line.text)]
    said = typed(turn)
    enters = sum(isinstance(step.decision.move, Press) for step in turn.acts)
    if len(said) == 2 and enters == 2:
        return Done()
    if not clicked(turn):
        return Act(Click(prompts[-1].box.center), "its prompt") if prompts else missing(Target("prompt", "text"), turn)
    if len(said) > enters:
        return Act(Press(("enter",)))
    if not said:
        return Act(TypeText("ls"))
    rows = [line.box for line in prompts][-2:]
    listed = [w.text for w in sight.text.words if rows[0].bottom <= w.box.center.y < rows[-1].top]
    names = [name for name in listed if "$" not in name and re.fullmatch(r"[\w.-]+", name)]
    fits = [name for name in names if (name.endswith(part.ending) if part.ending else extension_of(name) == "")]
    if not fits:
        return missing(Target(part.ending or "a file without an extension", "text"), turn)
    return Act(TypeText(f"rm {fits[0]}"), f"the files are {names}")


def extension_of(name: str) -> str:
    """ ".tar.gz" of "a.tar.gz", "" of a name without a dot."""
    found = re.search(r"\.[\w.]+$", name)
    return found[0] if found else ""
