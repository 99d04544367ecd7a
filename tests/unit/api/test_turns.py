"""Many requests together, or the one that turns the token over alone."""

import threading
import time

import pytest

from app.api.client.turns import Turns


def test_that_many_are_under_way_together() -> None:
    turns, inside = Turns(), threading.Barrier(5, timeout=120)

    def work() -> None:
        with turns.together():
            inside.wait()  # breaks unless all five are inside at once

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not inside.broken


def test_that_one_alone_waits_for_those_under_way_and_later_ones_wait_for_it() -> None:
    turns, steps, first_inside, go_on = Turns(), [], threading.Event(), threading.Event()

    def first() -> None:
        with turns.together():
            first_inside.set()
            go_on.wait(120)
            steps.append("first")

    def alone() -> None:
        with turns.alone():
            steps.append("alone")

    def later() -> None:
        with turns.together():
            steps.append("later")

    threads = [threading.Thread(target=first)]
    threads[0].start()
    assert first_inside.wait(120)
    threads.append(threading.Thread(target=alone))
    threads[1].start()
    while not turns._waiting:
        time.sleep(0.001)
    threads.append(threading.Thread(target=later))
    threads[2].start()
    time.sleep(0.05)
    assert steps == []
    go_on.set()
    for thread in threads:
        thread.join(120)
    assert steps == ["first", "alone", "later"]


def test_that_two_alone_are_never_together() -> None:
    turns, inside, most = Turns(), [0], [0]

    def work() -> None:
        for _ in range(200):
            with turns.alone():
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


@pytest.mark.parametrize("way", ["together", "alone"])
def test_that_an_error_inside_leaves_the_way_free(way: str) -> None:
    turns = Turns()
    with pytest.raises(RuntimeError), getattr(turns, way)():
        raise RuntimeError
    with turns.alone():
        pass
    with turns.together():
        pass
