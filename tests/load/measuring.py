"""One client asks; the floor is asked right before each page, so that a ratio is taken inside one moment."""

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from tests.load.servers import Server


@dataclass
class Target:
    """Something to ask for. `ask` returns method, path, body and headers of the next request."""

    name: str
    port: int
    pid: int
    ask: Callable[[], tuple[str, str, bytes | None, dict[str, str]]]
    expect: int = 200
    most: int = 60  # requests in one sample
    ratios: list[float] = field(default_factory=list)
    cpu_ratios: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    size: int = 0


@dataclass(frozen=True)
class Sample:
    median_ms: float
    cpu_ms: float
    count: int


def reading(server: Server, cookie: str, path: str) -> Callable[[], tuple[str, str, None, dict[str, str]]]:
    """Return what asks for one page in the name of whose session the cookie is."""
    headers = {"Cookie": cookie, "Host": f"localhost:{server.port}"}
    return lambda: ("GET", path, None, headers)


def request_once(target: Target) -> float:
    """Ask once and return how many milliseconds it took."""
    method, path, body, headers = target.ask()
    began = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", target.port, timeout=60)
    # As every browser asks; an answer that can be compressed then is, and its size is what travels.
    connection.request(method, path, body, {"Accept-Encoding": "gzip", **headers})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    took = (time.perf_counter() - began) * 1000
    if answer.status != target.expect:
        raise SystemExit(f"{target.name}: {method} {path} answered {answer.status} and not {target.expect}.")
    target.size = len(content)
    return took


def sample(target: Target, seconds: float, database_pid: int) -> Sample:
    """Ask for some time and return the median, and the CPU time a request took in server and database."""
    cpu = cpu_ms(target.pid) + cpu_ms(database_pid)
    last, took = time.perf_counter() + seconds, []
    while len(took) < 3 or (time.perf_counter() < last and len(took) < target.most):
        took.append(request_once(target))
    spent = cpu_ms(target.pid) + cpu_ms(database_pid) - cpu
    return Sample(statistics.median(took), spent / len(took), len(took))


def measure(floor: Target, targets: list[Target], *, rounds: int, seconds: float, database_pid: int) -> None:
    """Fill in the figures of each target, in an order that is another one each round."""
    for target in (floor, *targets):
        for _ in range(3):
            request_once(target)  # warms caches, templates, connections
    for _ in range(rounds):
        for target in random.sample(targets, len(targets)):
            below = sample(floor, seconds, database_pid)
            here = sample(target, seconds, database_pid)
            target.ratios.append(here.median_ms / below.median_ms)
            if below.cpu_ms > 0:
                target.cpu_ratios.append(here.cpu_ms / below.cpu_ms)
            target.milliseconds.append(here.median_ms)
            floor.milliseconds.append(below.median_ms)


def cpu_ms(pid: int) -> float:
    """Return the CPU time that a process and all below it have used, in milliseconds; 0 for none."""
    if not pid:
        return 0.0
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text(errors="replace").rsplit(")", 1)[1].split()[1])
        except OSError:
            continue  # ended since it was listed
        below.setdefault(parent, []).append(int(entry.name))
    total, todo = 0.0, [pid]
    while todo:
        process = todo.pop()
        total += sum(map(_thread_ms, Path(f"/proc/{process}/task").glob("*")))
        todo += below.get(process, [])
    return total


def _thread_ms(thread: Path) -> float:
    try:
        # In nanoseconds; the times in `stat` come in steps of ten milliseconds.
        return int((thread / "schedstat").read_text().split()[0]) / 1e6
    except OSError:
        return 0.0
