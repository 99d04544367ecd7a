"""A machine whose files and answers a test writes down."""

from dataclasses import dataclass, field

from app.system.posture.machine import Ran


@dataclass
class FakeMachine:
    """Files by path, folders by path, commands by their words (`Machine`)."""

    files: dict[str, str] = field(default_factory=dict)
    folders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    said: dict[str, str | tuple[int, str]] = field(default_factory=dict)

    def text(self, path: str) -> str | None:
        return self.files.get(path)

    def names(self, path: str) -> tuple[str, ...] | None:
        return self.folders.get(path)

    def real(self, path: str) -> str | None:
        return self.links.get(path)

    def modified_at(self, path: str) -> float | None:
        return self.times.get(path)

    def variable(self, name: str) -> str:
        return self.variables.get(name, "")

    def run(self, *command: str) -> Ran | None:
        words = " ".join(command)
        for begin, answer in self.said.items():
            if words.startswith(begin):
                return Ran(*answer) if isinstance(answer, tuple) else Ran(0, answer)
        return None
