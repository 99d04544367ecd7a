"""Words for `os.open` that not every system has: 0 where it has none.

On Windows a descriptor is one for text unless it says otherwise, and writes two bytes for an end of line. It has no
word against following a link; making one takes a right there that agents do not have.
"""

import os
from typing import Final

NO_LINK: Final[int] = getattr(os, "O_NOFOLLOW", 0)
NO_WAIT: Final[int] = getattr(os, "O_NONBLOCK", 0)
AS_BYTES: Final[int] = getattr(os, "O_BINARY", 0)
HAS_FOLDERS: Final = hasattr(os, "O_DIRECTORY")
"""Whether a folder can be opened, and files be named from there (`dir_fd`)."""
