"""A function over many items, in several processes that end with this one.

concurrent.futures waits for its processes when it is interrupted, and multiprocessing.Pool for ever
for one that was killed.
"""

import gc
import signal
import sys
import traceback
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

import msgspec

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Died(Exception):  # noqa: N818 - the process died, not what it worked at
    """A process was stopped before its work was done."""


class _Worker(msgspec.Struct, frozen=True):
    process: Process
    end: Connection
    """Gives the number of an item, its result, and the exception if it has none."""


def map_in_order(
    function: Callable[[_Item], _Result], items: Sequence[_Item], count: int
) -> Iterator[_Result]:
    """Yield what *function* makes of each of *items*, in *count* processes.

    What *function* raises is raised here. Raises Died where a process was stopped.
    """
    workers: list[_Worker] = []
    try:
        try:
            _start(function, items, count, workers)
        except OSError:  # the system gives no more processes
            _stop(workers)
            yield from map(function, items)
        else:
            yield from _results(workers, len(items))
    finally:
        _stop(workers)


def _stop(workers: list[_Worker]) -> None:
    while workers:
        worker = workers.pop()
        worker.process.kill()
        worker.process.join()
        worker.end.close()


def _start(
    function: Callable[[_Item], _Result],
    items: Sequence[_Item],
    count: int,
    workers: list[_Worker],
) -> None:
    """Add *count* processes to *workers*. They ignore Ctrl-C, on which this one kills them."""
    with _interrupts_waiting():
        for number in range(count):
            share = {at: items[at] for at in range(number, len(items), count)}
            here, there = Pipe(duplex=False)
            process = Process(
                target=_run_share,
                args=(function, share, there, here, gc.get_threshold()),
                daemon=True,
            )
            process.start()
            there.close()
            workers.append(_Worker(process, here))


@contextmanager
def _interrupts_waiting() -> Generator[None, None, None]:
    """Keep Ctrl-C for later; what starts meanwhile never gets it."""
    if sys.platform == "win32":  # which has no pthread_sigmask
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _results(workers: list[_Worker], count: int) -> Iterator[Any]:
    done: dict[int, tuple[Any, Exception | None]] = {}
    working = [worker.end for worker in workers]
    for number in range(count):
        while number not in done:
            if workers[number % len(workers)].end not in working:
                raise Died
            for end in wait(working):
                assert isinstance(end, Connection)
                try:
                    at, result, error = end.recv()
                except EOFError:
                    working.remove(end)
                else:
                    done[at] = result, error
        result, error = done.pop(number)
        if error is not None:
            raise error
        yield result


def _run_share(
    function: Callable[[_Item], _Result],
    share: Mapping[int, _Item],
    end: Connection,
    other_end: Connection,
    collecting: tuple[int, int, int],
) -> None:
    """Send what *function* makes of each item of *share*, in a process of its own."""
    other_end.close()  # so that it breaks when the process that waits is gone
    gc.set_threshold(*collecting)
    for at, item in share.items():
        answer: tuple[int, _Result | None, Exception | None]
        try:
            answer = at, function(item), None
        except Exception as error:
            error.add_note(traceback.format_exc())
            answer = at, None, error
        try:
            end.send(answer)
        except OSError:  # the waiting process is gone
            return
