"""The one duty of a window manager that a keyboard needs: the newest window of a display has the focus.

`python -m tests.focus_giver` at a `DISPLAY` of its own, until its standard input ends; it says when it is there.
Xvfb has no window manager, and without one no window is ever active. Menus and tips (override-redirect) take the
keyboard themselves.
"""

import ctypes
import select
import sys
from ctypes import POINTER, byref, c_int, c_long, c_uint, c_ulong, c_void_p

LOOK_S = 0.05
VIEWABLE, REVERT_TO_ROOT, NOW = 2, 1, 0
"""X.h: IsViewable, RevertToPointerRoot, CurrentTime."""


class Attributes(ctypes.Structure):
    """XWindowAttributes (Xlib.h)."""

    _fields_ = (
        ("x", c_int), ("y", c_int), ("width", c_int), ("height", c_int), ("border_width", c_int), ("depth", c_int),
        ("visual", c_void_p), ("root", c_ulong), ("window_class", c_int), ("bit_gravity", c_int),
        ("win_gravity", c_int), ("backing_store", c_int), ("backing_planes", c_ulong), ("backing_pixel", c_ulong),
        ("save_under", c_int), ("colormap", c_ulong), ("map_installed", c_int), ("map_state", c_int),
        ("all_event_masks", c_long), ("your_event_mask", c_long), ("do_not_propagate_mask", c_long),
        ("override_redirect", c_int), ("screen", c_void_p),
    )  # fmt: skip


class Display:
    """A connection to the X server of `DISPLAY`."""

    def __init__(self) -> None:
        x11 = ctypes.CDLL("libX11.so.6")
        x11.XOpenDisplay.restype = c_void_p
        x11.XDefaultRootWindow.restype = c_ulong
        x11.XDefaultRootWindow.argtypes = [c_void_p]
        x11.XQueryTree.argtypes = [
            c_void_p,
            c_ulong,
            *[POINTER(c_ulong)] * 2,
            POINTER(POINTER(c_ulong)),
            POINTER(c_uint),
        ]
        x11.XGetWindowAttributes.argtypes = [c_void_p, c_ulong, POINTER(Attributes)]
        x11.XSetInputFocus.argtypes = [c_void_p, c_ulong, c_int, c_ulong]
        x11.XGetInputFocus.argtypes = [c_void_p, POINTER(c_ulong), POINTER(c_int)]
        x11.XFree.argtypes = [c_void_p]
        x11.XSync.argtypes = [c_void_p, c_int]
        self._handler = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)(lambda _display, _error: 0)
        x11.XSetErrorHandler(self._handler)  # a window may be gone between two questions
        self._x11 = x11
        self._display = x11.XOpenDisplay(None)
        if not self._display:
            raise RuntimeError("no X server at DISPLAY")
        self._root = x11.XDefaultRootWindow(self._display)

    def give(self) -> None:
        """Let the topmost window that a person sees have the focus."""
        newest = self._newest()
        focus, revert = c_ulong(), c_int()
        self._x11.XGetInputFocus(self._display, byref(focus), byref(revert))
        if newest and focus.value != newest:
            self._x11.XSetInputFocus(self._display, newest, REVERT_TO_ROOT, NOW)
            self._x11.XSync(self._display, 0)

    def _newest(self) -> int:
        root, parent, children, count = c_ulong(), c_ulong(), POINTER(c_ulong)(), c_uint()
        self._x11.XQueryTree(self._display, self._root, byref(root), byref(parent), byref(children), byref(count))
        windows = children[: count.value] if count.value else []
        if children:
            self._x11.XFree(children)
        return next((window for window in reversed(windows) if self._is_seen(window)), 0)

    def _is_seen(self, window: int) -> bool:
        found = Attributes()
        there = self._x11.XGetWindowAttributes(self._display, window, byref(found))
        return bool(there) and found.map_state == VIEWABLE and not found.override_redirect and found.width > 1


def main() -> None:
    display = Display()
    print("here", flush=True)
    while not select.select([sys.stdin], [], [], LOOK_S)[0]:
        display.give()


if __name__ == "__main__":
    main()
