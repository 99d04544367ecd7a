"""A kernel of Windows for tests: pipes, events, jobs, and processes, each of which is a thread."""

import itertools
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.guardian.windows_line import LineToGuardian
from app.guardian.windows_process import ACCESS

KILLED = 9


@dataclass
class _Pipe:
    data: bytearray = field(default_factory=bytearray)
    writers: int = 0
    readers: int = 0


@dataclass
class _Process:
    words: tuple[str, ...]
    handles: tuple[int, ...]
    access: str
    code: int | None = None
    job: int = 0


Life = Callable[[LineToGuardian, tuple[str, ...]], int]


class FakeKernel:
    """See `windows_kernel.Kernel`.

    Attributes:
        started: the words of every process.
        inherited: the handles of every process, as it has them.
        here: this process.
        objects: what is open, by handle.
        writing: handles of pipes that write.
        rung: events that nobody has waited for since.
        jobs: handles of jobs.
        late: whether it asked to be shut down late.
        refuses: so many starts are refused.
    """

    def __init__(self, life: Life, access: str = ACCESS) -> None:
        """Every child lives by `life` and has this access list."""
        self._life, self._access = life, access
        self._numbers = itertools.count(4, 4)
        self._there = threading.Condition()
        self._bells: dict[int, int] = {}
        self.objects: dict[int, object] = {}
        self.writing: set[int] = set()
        self.rung: set[int] = set()
        self.started: list[tuple[str, ...]] = []
        self.inherited: list[list[int]] = []
        self.jobs: list[int] = []
        self.late = False
        self.here = _Process((), (), access)
        self.refuses = 0

    def _new(self, thing: object) -> int:
        number = next(self._numbers)
        self.objects[number] = thing
        return number

    def new_pipe(self) -> tuple[int, int]:
        pipe = _Pipe(writers=1, readers=1)
        reads, writes = self._new(pipe), self._new(pipe)
        self.writing.add(writes)
        return reads, writes

    def new_event(self) -> int:
        return self._new("event")

    def ring(self, event: int) -> None:
        with self._there:
            self.rung.add(self._bells.get(event, event))  # a child's copy is the same event
            self._there.notify_all()

    def new_job(self) -> int:
        self.jobs.append(self._new("job"))
        return self.jobs[-1]

    def start(self, words: Sequence[str], handles: Sequence[int], job: int = 0) -> int:
        if self.refuses:
            self.refuses -= 1
            raise OSError(8, "no memory")
        process = _Process(tuple(words), tuple(handles), self._access, job=job)
        own = []
        for handle in handles:  # a process has copies of its own
            thing = self.objects[handle]
            own.append(self._new(thing))
            if isinstance(thing, _Pipe):
                if handle in self.writing:
                    thing.writers += 1
                    self.writing.add(own[-1])
                else:
                    thing.readers += 1
        self.started.append(process.words)
        self.inherited.append(own)
        number = self._new(process)
        threading.Thread(target=self._run, args=(process, own), daemon=True).start()
        return number

    def _run(self, process: _Process, own: list[int]) -> None:
        if len(own) < 3:  # a fresh Tirai, which the test is itself
            return
        self._bells[own[2]] = process.handles[2]
        code = self._life(LineToGuardian(self, own[0], own[1], own[2]), process.words)
        self._ended(process, code, own)

    def _ended(self, process: _Process, code: int, own: Sequence[int] = ()) -> None:
        for handle in own:
            self.close(handle)
        with self._there:
            process.code = code if process.code is None else process.code
            self._there.notify_all()

    def access_of(self, process: int) -> str:
        found = self.objects[process]
        assert isinstance(found, _Process)
        return found.access

    def wait(self, handles: Sequence[int], timeout_ms: int) -> bool:
        until = time.monotonic() + timeout_ms / 1000
        with self._there:
            while True:
                for handle in handles:
                    thing = self.objects[handle]
                    if isinstance(thing, _Process) and thing.code is not None:
                        return True
                    if handle in self.rung:
                        self.rung.discard(handle)
                        return True
                left = until - time.monotonic()
                if left <= 0:
                    return False
                self._there.wait(left)

    def exit_code(self, process: int) -> int | None:
        found = self.objects[process]
        assert isinstance(found, _Process)
        return found.code

    def end(self, process: int, code: int) -> None:
        found = self.objects[process]
        assert isinstance(found, _Process)
        self._ended(found, code)

    def waiting(self, pipe: int) -> int:
        found = self._pipe(pipe)
        with self._there:
            if not found.data and not found.writers:
                raise BrokenPipeError
            return len(found.data)

    def read(self, pipe: int, most: int) -> bytes:
        found = self._pipe(pipe)
        with self._there:
            while not found.data and found.writers:
                self._there.wait(0.05)
            part = bytes(found.data[:most])
            del found.data[:most]
            return part

    def write(self, pipe: int, data: bytes) -> None:
        found = self._pipe(pipe)
        with self._there:
            if not found.readers:
                raise BrokenPipeError
            found.data += data
            self._there.notify_all()

    def taken(self, process: int, handle: int) -> int:
        if handle not in self.objects:
            raise OSError(6, "no handle")
        return self._new(self.objects[handle])

    def this_process(self) -> int:
        return self._new(self.here)

    def shut_down_late(self) -> None:
        self.late = True

    def close(self, handle: int) -> None:
        thing = self.objects.pop(handle)
        if isinstance(thing, _Pipe):
            with self._there:
                if handle in self.writing:
                    thing.writers -= 1
                else:
                    thing.readers -= 1
                self._there.notify_all()

    def _pipe(self, handle: int) -> _Pipe:
        found = self.objects[handle]
        assert isinstance(found, _Pipe)
        return found


class FakeNames:
    """Objects with names, as Windows keeps them."""

    def __init__(self) -> None:
        self.held: dict[int, str] = {}

    def make(self, name: str) -> tuple[int, bool]:
        is_new = name not in self.held.values()
        handle = 4 + max(self.held, default=0)
        self.held[handle] = name
        return handle, is_new

    def close(self, handle: int) -> None:
        del self.held[handle]
