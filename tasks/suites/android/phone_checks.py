"""Checks that ask the phone itself: its settings, its rows, which way its screen lies."""

from tasks.task import Check, Score, World


def setting_equals(table: str, name: str, value: str) -> Check:
    """`settings get TABLE NAME` prints `value`; `table` is system, secure or global."""

    def check(world: World) -> Score:
        printed = world.probe.run(("settings", "get", table, name)).strip()
        return Score(float(printed == value), f"{table}/{name} is {printed!r}; wanted {value!r}")

    return check


def has_row(table: str, **columns: str) -> Check:
    """content://TABLE has a row with these values."""

    def check(world: World) -> Score:
        count = _rows(world, table, columns)
        return Score(float(count > 0), f"{count} rows of {table} have {columns}; wanted one")

    return check


def has_no_row(table: str, **columns: str) -> Check:
    """content://TABLE has no row with these values. An idle agent meets this too, unless one was there before."""

    def check(world: World) -> Score:
        count = _rows(world, table, columns)
        return Score(float(count == 0), f"{count} rows of {table} have {columns}; wanted none")

    return check


def lies_on_its_side() -> Check:
    """The screen is wider than high."""

    def check(world: World) -> Score:
        width, height = world.screen().size
        return Score(float(width > height), f"the screen is {width} x {height}; it should be wider than high")

    return check


def _rows(world: World, table: str, columns: dict[str, str]) -> int:
    values = {name: value.replace("'", "''") for name, value in columns.items()}
    where = " AND ".join(f"{name}='{value}'" for name, value in values.items())
    printed = world.probe.run(("content", "query", "--uri", f"content://{table}", "--where", where))
    return sum(line.startswith("Row: ") for line in printed.splitlines())
