"""Requests that come in while others are answered are answered together, each with an end of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Event, Lock, get_ident

import pytest

from licet.services import together
from licet.services.together import Due, Together


def test_who_comes_while_another_is_answered_is_answered_together() -> None:
    begun, go, groups = Event(), Event(), list[list[int]]()

    def answer(due: Sequence[Due[int, int]]) -> None:
        groups.append([one.what for one in due])
        begun.set()
        assert go.wait(10)
        for one in due:
            one.came = one.what * 2

    asked = Together[int, int](Lock(), answer)
    with ThreadPoolExecutor(5) as pool:
        first = pool.submit(asked.ask, 1)
        assert begun.wait(10)
        others = [pool.submit(asked.ask, number) for number in (2, 3, 4, 5)]
        while len(asked.waiting) < 4:
            pass
        go.set()
        assert [first.result(10), *(one.result(10) for one in others)] == [2, 4, 6, 8, 10]
    assert groups[0] == [1]
    assert [len(group) for group in groups] == [1, 4]


def test_a_group_has_a_most_and_the_first_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "MOST", 2)
    groups = list[list[int]]()

    def answer(due: Sequence[Due[int, int]]) -> None:
        groups.append([one.what for one in due])
        for one in due:
            one.came = one.what

    asked = Together[int, int](nullcontext(), answer)
    asked.waiting.extend(Due[int, int](number) for number in range(3))
    assert asked.ask(3) == 3
    assert groups == [[0, 1], [2, 3]]


def test_what_goes_wrong_with_one_is_told_to_that_one_alone() -> None:
    def answer(due: Sequence[Due[int, int]]) -> None:
        for one in due:
            if one.what < 0:
                one.wrong = ValueError("negative")
            else:
                one.came = one.what

    asked = Together[int, int](nullcontext(), answer)
    asked.waiting.append(other := Due[int, int](7))
    with pytest.raises(ValueError, match="negative"):
        asked.ask(-1)
    assert (other.came, other.wrong) == (7, None)


def test_where_nothing_is_answered_everybody_is_told() -> None:
    def answer(due: Sequence[Due[int, int]]) -> None:
        due[0].came = 1  # and then the disk is full
        raise OSError("no room")

    asked = Together[int, int](nullcontext(), answer)
    asked.waiting.append(other := Due[int, int](1))
    with pytest.raises(OSError, match="no room"):
        asked.ask(2)
    assert other.came is None
    assert isinstance(other.wrong, OSError)


def test_who_was_told_what_is_wrong_stays_told_where_the_others_are_not_answered() -> None:
    def answer(due: Sequence[Due[int, int]]) -> None:
        due[0].wrong = ValueError("no case")
        raise OSError("no room")

    asked = Together[int, int](nullcontext(), answer)
    asked.waiting.append(other := Due[int, int](1))
    with pytest.raises(OSError, match="no room"):
        asked.ask(2)
    assert isinstance(other.wrong, ValueError)


def test_who_is_told_nothing_comes_next() -> None:
    groups = list[list[int]]()

    def answer(due: Sequence[Due[int, int]]) -> None:
        groups.append([one.what for one in due])
        due[0].came = due[0].what

    asked = Together[int, int](nullcontext(), answer)
    asked.waiting.extend(Due[int, int](number) for number in (1, 2))
    assert asked.ask(3) == 3
    assert groups == [[1, 2, 3], [2, 3], [3]]


def test_who_interrupts_the_one_that_answers_interrupts_it() -> None:
    def answer(due: Sequence[Due[int, int]]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Together[int, int](nullcontext(), answer).ask(1)


def test_who_waits_in_an_event_loop_is_answered_by_one_thread_that_takes_along_whoever_waits() -> None:
    begun, groups, threads = Event(), list[list[int]](), set[int]()

    def answer(due: Sequence[Due[int, int]]) -> None:
        groups.append([one.what for one in due])
        threads.add(get_ident())
        assert begun.wait(10)
        for one in due:
            if one.what < 0:
                one.wrong = ValueError("negative")
            else:
                one.came = one.what * 2

    async def ask() -> list[int | BaseException]:
        asked = Together[int, int](Lock(), answer)
        first = asyncio.create_task(asked.asked(1))
        while not groups:
            await asyncio.sleep(0)
        others = asyncio.gather(*(asked.asked(number) for number in (-2, 3)), return_exceptions=True)
        while len(asked.waiting) < 2:
            await asyncio.sleep(0)
        begun.set()
        return [await first, *await others]

    first, second, third = asyncio.run(ask())
    assert (first, third) == (2, 6)
    assert isinstance(second, ValueError)
    assert groups == [[1], [-2, 3]]
    assert get_ident() not in threads


def test_an_event_loop_waits_as_many_turns_as_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "MOST", 2)
    groups = list[list[int]]()

    def answer(due: Sequence[Due[int, int]]) -> None:
        groups.append([one.what for one in due])
        due[0].came = due[0].what

    async def ask() -> list[int]:
        asked = Together[int, int](Lock(), answer)
        return await asyncio.gather(*(asked.asked(number) for number in range(4)))

    assert asyncio.run(asyncio.wait_for(ask(), 10)) == [0, 1, 2, 3]
    assert [group[0] for group in groups] == [0, 1, 2, 3]
    assert max(map(len, groups)) == 2


def test_who_gives_up_waiting_leaves_the_others_their_answers() -> None:
    begun, go = Event(), Event()

    def answer(due: Sequence[Due[int, int]]) -> None:
        begun.set()
        assert go.wait(10)
        for one in due:
            one.came = one.what

    async def ask() -> int:
        asked = Together[int, int](Lock(), answer)
        gone, stays = (asyncio.create_task(asked.asked(number)) for number in (1, 2))
        await asyncio.to_thread(begun.wait, 10)
        gone.cancel()
        go.set()
        return await stays

    assert asyncio.run(ask()) == 2


def test_a_thread_and_an_event_loop_can_ask_at_one_time() -> None:
    def answer(due: Sequence[Due[int, int]]) -> None:
        for one in due:
            one.came = one.what

    async def ask() -> list[int]:
        asked = Together[int, int](Lock(), answer)
        both = (asked.asked(n) if n % 2 else asyncio.to_thread(asked.ask, n) for n in range(200))
        return await asyncio.gather(*both)

    assert asyncio.run(asyncio.wait_for(ask(), 30)) == [*range(200)]
