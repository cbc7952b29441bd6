"""What /proc tells of processes: CPU in nanoseconds, memory in kB."""

import os
from pathlib import Path

PROC = Path("/proc")
NANOSECONDS_IN_TICK = 1_000_000_000 // os.sysconf("SC_CLK_TCK")


def cpu_of(pid: int) -> int:
    """Of all its living threads. Finer than the ticks in `stat`."""
    return sum(
        int((task / "schedstat").read_text().split()[0])
        for task in (PROC / str(pid) / "task").iterdir()
    )


def cpu_of_ended_children(pid: int) -> int:
    user, system = numbers_of(pid)[12:14]
    return (user + system) * NANOSECONDS_IN_TICK


def parent_of(pid: int) -> int:
    return numbers_of(pid)[0]


def children_of(pid: int) -> list[int]:
    return [
        child
        for child in (int(path.name) for path in PROC.glob("[0-9]*"))
        if is_child(child, pid)
    ]


def is_child(pid: int, parent: int) -> bool:
    try:
        return parent_of(pid) == parent
    except OSError:
        return False  # It has ended meanwhile.


def numbers_of(pid: int) -> list[int]:
    """The fields of `stat` from the fourth on; the name before may hold spaces."""
    text = (PROC / str(pid) / "stat").read_text()
    return [int(number) for number in text.rpartition(")")[2].split()[1:]]


def share_of_memory(pid: int) -> int:
    """PSS: what is shared with other processes counts by its part."""
    lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
