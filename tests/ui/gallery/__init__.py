"""Pictures of every screen and state on an office in memory; tests walk the same screens."""

from tests.ui.gallery.groups import Gallery
from tests.ui.gallery.studio import wait

__all__ = ["Gallery", "wait"]
