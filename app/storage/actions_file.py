"""IT's file of actions, as it stands now. Where there is none there are no actions.

Invariant: a file that the office's own OS user, or everybody, could have written is refused: whoever writes it has
values handed to programs.
"""

from pathlib import Path

from app.clean_start import can_be_changed
from app.domain.actions import NO_ACTIONS, Actions, ActionsError, load_actions

LONGEST_BYTES = 1_000_000


def read_actions(path: Path) -> Actions:
    """The actions of a file.

    Raises:
        ActionsError: with line and reason; line 1 where it cannot be read at all.
    """
    try:
        with path.open("rb") as file:
            text = file.read(LONGEST_BYTES).decode()
    except FileNotFoundError:
        return NO_ACTIONS
    except (OSError, UnicodeDecodeError) as error:
        raise ActionsError(1, f"{path} cannot be read as a text file in UTF-8") from error
    actions = load_actions(text)
    if actions.all and can_be_changed(str(path)):
        raise ActionsError(1, f"{path} can be changed by others than this machine's administrator; give it to root")
    return actions
