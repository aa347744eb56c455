"""Mapping a function over many items in several processes, which end with this one.

concurrent.futures waits for its processes after an interrupt. multiprocessing.Pool waits forever if
a process was killed.
"""

import gc
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

import msgspec

from errbook.build import signals

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Died(Exception):  # noqa: N818 - the process has died, the function made no error
    """A process was stopped before it had returned all results."""


class _Worker(msgspec.Struct, frozen=True):
    process: Process
    results: Connection
    """Receives the number of an item, its result or None, and the exception or None."""


def map_in_order(
    function: Callable[[_Item], _Result], items: Sequence[_Item], count: int
) -> Iterator[_Result]:
    """Yield the results of *function* for *items*, computed in *count* processes.

    Raises what *function* raises, or Died if a process was stopped.
    """
    workers: list[_Worker] = []
    try:
        try:
            _start(function, items, count, workers)
        except OSError:  # the system cannot start more processes
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
        worker.results.close()


def _start(
    function: Callable[[_Item], _Result],
    items: Sequence[_Item],
    count: int,
    workers: list[_Worker],
) -> None:
    """Add *count* processes to *workers*. They ignore Ctrl-C, after which this one kills them."""
    with signals.deferred():
        for first in range(count):
            share = {number: items[number] for number in range(first, len(items), count)}
            receiver, sender = Pipe(duplex=False)
            process = Process(
                target=_run_share,
                args=(function, share, sender, receiver, gc.get_threshold()),
                daemon=True,
            )
            process.start()
            sender.close()
            workers.append(_Worker(process, receiver))


def _results(workers: list[_Worker], count: int) -> Iterator[Any]:
    received: dict[int, tuple[Any, Exception | None]] = {}
    receivers = [worker.results for worker in workers]
    for number in range(count):
        while number not in received:
            if workers[number % len(workers)].results not in receivers:
                raise Died
            for receiver in wait(receivers):
                assert isinstance(receiver, Connection)
                try:
                    other, result, error = receiver.recv()
                except EOFError:
                    receivers.remove(receiver)
                else:
                    received[other] = result, error
        result, error = received.pop(number)
        if error is not None:
            raise error
        yield result


def _run_share(
    function: Callable[[_Item], _Result],
    share: Mapping[int, _Item],
    sender: Connection,
    receiver: Connection,
    gc_threshold: tuple[int, int, int],
) -> None:
    """Send the results of *function* for the items of *share*. Run in a process from `_start`."""
    receiver.close()  # so that sending fails when the main process is gone
    gc.set_threshold(*gc_threshold)
    for number, item in share.items():
        result: tuple[int, _Result | None, Exception | None]
        try:
            result = number, function(item), None
        except Exception as error:
            error.add_note(traceback.format_exc())
            result = number, None, error
        try:
            sender.send(result)
        except OSError:  # the main process is gone
            return
