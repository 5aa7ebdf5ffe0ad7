"""The queue made of files: whole messages, each once, whatever a power cut leaves behind."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection

from config.celery import app
from config.queue_in_files import Transport


@pytest.fixture
def folders(tmp_path) -> dict[str, str]:
    """The queue's folders, empty."""
    made = {"data_folder_in": "messages", "data_folder_out": "messages", "control_folder": "control"}
    for name in set(made.values()):
        (tmp_path / name).mkdir()
    start_anew()
    return {option: str(tmp_path / name) for option, name in made.items()}


def start_anew() -> None:
    """Forget which queues were bound, as a process that starts does."""
    Transport.global_state.clear()


@pytest.fixture
def connection(folders) -> Iterator[Connection]:
    with Connection("files://localhost", transport_options=folders) as made:
        yield made


def take_all(connection: Connection, count: int) -> list[Any]:
    """Take messages until none is left or there are this many."""
    with closing(connection.SimpleQueue("celery")) as queue:
        taken = []
        try:
            while len(taken) < count:
                message = queue.get(timeout=2)
                taken.append(message.payload)
                message.ack()
        except Empty:
            pass
        return taken


def send(connection: Connection, *payloads: Any) -> None:
    with closing(connection.SimpleQueue("celery")) as queue:
        for payload in payloads:
            queue.put(payload)


def test_the_worker_uses_it_where_there_is_no_redis(settings):
    with app.connection_for_write() as connection:
        assert isinstance(connection.transport, Transport) is not bool(settings.REDIS_URL)


def test_messages_come_in_the_order_they_were_sent(connection):
    send(connection, {"number": 1})
    send(connection, {"number": 2})
    assert take_all(connection, 3) == [{"number": 1}, {"number": 2}]


@pytest.mark.parametrize("left", ["", '{"body": "abc', "\0\0\0\0"])
def test_a_torn_message_is_thrown_away_and_the_next_is_read(connection, folders, left):
    (Path(folders["data_folder_in"]) / "1_torn.celery.msg").write_text(left)
    send(connection, {"number": 1})
    assert take_all(connection, 2) == [{"number": 1}]
    assert not list(Path(folders["data_folder_in"]).iterdir())


@pytest.mark.parametrize("left", ["", '[["celery", "'])
def test_a_torn_table_of_queues_is_written_anew(connection, folders, left):
    send(connection, {"number": 1})
    [table] = Path(folders["control_folder"]).glob("*.exchange")
    table.write_text(left)
    start_anew()
    send(connection, {"number": 2})
    assert take_all(connection, 3) == [{"number": 1}, {"number": 2}]
    assert table.read_text().startswith('[["celery"')


def test_what_is_being_written_is_in_no_queue(connection, folders):
    (Path(folders["data_folder_in"]) / "half.part").write_text('{"body"')
    assert take_all(connection, 1) == []


def test_many_at_once_lose_and_double_nothing(folders):
    """Two write while two take; before, a taker now and then found a file still empty and ended."""
    taken: list[int] = []
    done = threading.Event()

    def connect() -> Connection:
        return Connection("files://localhost", transport_options=folders)

    def write(first: int) -> None:
        with connect() as mine:
            send(mine, *range(first, first + 300))

    def take() -> None:
        with connect() as mine, closing(mine.SimpleQueue("celery")) as queue:
            while True:
                try:
                    message = queue.get(block=False)
                except Empty:
                    if done.is_set():
                        return
                    continue
                taken.append(message.payload)
                message.ack()

    takers = [threading.Thread(target=take) for _ in range(2)]
    writers = [threading.Thread(target=write, args=(first,)) for first in (0, 300)]
    for thread in (*takers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in takers:
        thread.join()
    assert sorted(taken) == list(range(600))
