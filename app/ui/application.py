"""The Qt application: font, theme, and the three places where an exception could get lost.

The only module that knows `QApplication.instance()`. `make_application` is called once per process.
"""

import logging
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtCore import (
    QCoreApplication,
    QLibraryInfo,
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication, QStyleHints
from PySide6.QtWidgets import QApplication

from app.domain.display import Display
from app.domain.machine_policy.policy import NOTHING_MANAGED, MachinePolicy
from app.ui import accessible
from app.ui.capture.block import block_of_this_system
from app.ui.capture.guard import CaptureGuard
from app.ui.clipboard.keeper import clear_left_copy, select_nothing
from app.ui.collector import Collector
from app.ui.faults import Fault, fault_of
from app.ui.language import Language, speak
from app.ui.theme.fonts import install_fonts
from app.ui.theme.look import Look, Redressed
from app.ui.theme.rescale import Fonts, Size, rescale
from app.ui.theme.sheet import style_sheet
from app.ui.theme.tokens import ThemeName
from app.ui.widgets.view_ring import RingKeeper
from app.ui.yielding import Yielding

SYSTEM_THEME = "system"
TELL_AGAIN_S = 1.0

_log = logging.getLogger("tirai.ui")


class FaultDesk(QObject):
    """Takes exceptions nobody caught, from any thread. Its own faults go no further.

    Signals:
        reported: what to tell the person. The same fault is told once a second at most. Connect it queued: an
            exception may come out of a paint event.
    """

    reported = Signal(object)

    def __init__(self, parent: QObject | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock, self._here = clock, threading.local()
        self._told: dict[str, float] = {}

    def report(self, error: BaseException) -> Fault | None:
        """Number or name a fault and tell whoever listens; None for a fault in the telling."""
        if getattr(self._here, "busy", False):
            return None
        self._here.busy = True
        try:
            fault = fault_of(error)
            self._tell(fault)
        except BaseException:  # noqa: BLE001 -- Python would print it with its text
            return None
        else:
            return fault
        finally:
            self._here.busy = False

    def _tell(self, fault: Fault) -> None:
        now, before = self._clock(), self._told.get(fault.sentence)
        if before is None or now - before >= TELL_AGAIN_S:
            self._told[fault.sentence] = now
            self.reported.emit(fault)


class TiraiApplication(QApplication):
    """The application with its look.

    Attributes:
        look: tokens, fonts and icons in force.
        wanted_theme: a theme's name, or `system`.
        display: what the person chose.
        managed: what the machine's administrator has settled.
        faults: the desk for exceptions nobody caught.
        collector: frees garbage on the GUI thread.
        capture: keeps windows out of screenshots, where the system can.
    """

    look: Look
    wanted_theme: str
    display: Display
    managed: MachinePolicy
    faults: FaultDesk
    collector: Collector
    capture: CaptureGuard


def make_application(
    argv: Sequence[str],
    theme: str = "light",
    *,
    language: Language = Language.ENGLISH,
    hooks: bool = True,
    display: Display | None = None,
    managed: MachinePolicy = NOTHING_MANAGED,
) -> TiraiApplication:
    """Make the application, or dress the one that exists (tests).

    Args:
        argv: arguments for Qt.
        theme: `light`, `dark`, `contrast`, or `system` to follow the desktop.
        language: of the screens.
        hooks: whether to take over the hooks for lost exceptions.
        display: sizes and motion.
        managed: what the machine's administrator has settled.
    """
    existing = QApplication.instance()
    fix_library_paths()
    application = existing if isinstance(existing, TiraiApplication) else TiraiApplication(list(argv))
    fix_library_paths()  # Qt puts the folder of Python's own program beside them
    application.setApplicationName("tirai")
    application.setApplicationDisplayName("Tirai")
    application.setDesktopFileName("tirai")
    application.managed = managed
    speak(application, language)
    install_fonts()
    application.wanted_theme = theme
    application.display = display if display is not None else Display(theme)
    dress(application, theme)
    if existing is None:
        application.faults = FaultDesk(application)
        application.collector = Collector(application)
        application.capture = CaptureGuard(application, block_of_this_system())
        select_nothing(application.clipboard())
        Yielding(application)
        accessible.install()
        RingKeeper(application, application.look)
        _follow_desktop(application)
    application.collector.start()
    if hooks:
        install_hooks(application.faults.report)
    return application


def fix_library_paths() -> None:
    """Let Qt take plug-ins from its own package and from nowhere else, whatever variables or `qt.conf` say."""
    own = Path(PySide6.__file__).parent / "Qt" / "plugins"
    QCoreApplication.setLibraryPaths(
        [str(own) if own.is_dir() else QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)]
    )


def clear_left_copies() -> None:
    """Clear what a console that died has copied; once more when a window has the focus.

    Wayland shows the clipboard to whoever has it alone.
    """
    application = QApplication.instance()
    if isinstance(application, QApplication):
        clipboard = application.clipboard()
        clear_left_copy(clipboard)
        once = Qt.ConnectionType.SingleShotConnection
        application.focusWindowChanged.connect(lambda _window: clear_left_copy(clipboard), once)


def show_as(application: TiraiApplication, display: Display) -> Look:
    """Show everything as a person likes it, at once: theme, density, size of the text, motion."""
    application.wanted_theme, application.display = display.theme, display
    return dress(application, display.theme)


def show_everywhere(display: Display) -> None:
    """The same for the application that runs."""
    application = QApplication.instance()
    if isinstance(application, TiraiApplication):
        show_as(application, display)


def shown_display() -> Display:
    """How the application that runs shows everything."""
    application = QApplication.instance()
    return application.display if isinstance(application, TiraiApplication) else Display()


def managed_on_screen() -> MachinePolicy:
    """What the machine's administrator has settled, for the controls of the application that runs."""
    application = QApplication.instance()
    return application.managed if isinstance(application, TiraiApplication) else NOTHING_MANAGED


def dress(application: QApplication, theme: str) -> Look:
    """Put a theme on: style, sheet, font, palette-free. Windows that stand change with it, in colours and sizes."""
    name = system_theme(application.styleHints()) if theme == SYSTEM_THEME else ThemeName(theme)
    look = application.look if isinstance(application, TiraiApplication) and hasattr(application, "look") else None
    if look is None:
        screen = application.primaryScreen()
        look = Look.of(name, scale=screen.devicePixelRatio() if screen is not None else 1.0)
        application.setStyle("Fusion")
        application.setEffectEnabled(Qt.UIEffect.UI_AnimateCombo, False)
    before, changes = Size(look.text, look.comfort), look.tokens.theme is not name
    look.wear(name)
    if isinstance(application, TiraiApplication):
        application.look = look
        look.take(application.display, still=system_is_still(application.styleHints()))
    now = Size(look.text, look.comfort)
    widgets = application.allWidgets() if changes or now != before else []
    fonts = Fonts(widgets)
    if now != before:  # before the sheet, which gives least heights of its own
        rescale(widgets, before, now)
    if application.font() != look.font():
        application.setFont(look.font())
    sheet = style_sheet(look.tokens, look.text)
    if application.styleSheet() != sheet:  # the same one again would still polish every widget anew
        application.setStyleSheet("")  # a sheet that follows another polishes a widget for each of its ancestors
        application.setStyleSheet(sheet)
    fonts.give(before, now)
    for widget in widgets:
        if isinstance(widget, Redressed):
            widget.redress()
    return look


def _follow_desktop(application: TiraiApplication) -> None:
    """While the theme is `system`: change when the desktop does, without a new window."""

    def follow(_change: object = None) -> None:
        if application.wanted_theme == SYSTEM_THEME and system_theme(hints) != application.look.tokens.theme:
            dress(application, SYSTEM_THEME)

    hints = application.styleHints()
    hints.colorSchemeChanged.connect(follow)
    accessibility = getattr(hints, "accessibility", None)
    if accessibility is not None:
        accessibility().contrastPreferenceChanged.connect(follow)
        accessibility().motionPreferenceChanged.connect(lambda _wish: dress(application, application.wanted_theme))


def system_theme(hints: QStyleHints) -> ThemeName:
    """What the desktop wants, as far as Qt tells (contrast from Qt 6.10 on); light where it wants nothing."""
    accessibility, preference = getattr(hints, "accessibility", None), getattr(Qt, "ContrastPreference", None)
    if accessibility is not None and preference is not None:
        wants_contrast: bool = accessibility().contrastPreference() == preference.HighContrast
        if wants_contrast:
            return ThemeName.CONTRAST
    return ThemeName.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else ThemeName.LIGHT


def system_is_still(hints: QStyleHints) -> bool:
    """Whether the desktop asks for reduced motion, as far as Qt tells (from Qt 6.11 on)."""
    accessibility, preference = getattr(hints, "accessibility", None), getattr(Qt, "MotionPreference", None)
    if accessibility is None or preference is None:
        return False
    wants: bool = accessibility().motionPreference() == preference.ReducedMotion
    return wants


def install_hooks(report: Callable[[BaseException], object]) -> None:
    """Send uncaught and unraisable exceptions to `report`, and Qt's messages to the log."""

    def on_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        report(error)

    def on_unraisable(args: "sys.UnraisableHookArgs") -> None:
        if args.exc_value is not None:
            report(args.exc_value)

    def on_thread_failed(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            report(args.exc_value)

    sys.excepthook = on_uncaught
    threading.excepthook = on_thread_failed
    sys.unraisablehook = on_unraisable
    qInstallMessageHandler(_on_qt_message)


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


NO_WINDOW_MANAGER = "This plugin does not support propagateSizeHints()"
"""What the offscreen platform says of each window: nobody is there to tell sizes to. No fault, there alone."""


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if message == NO_WINDOW_MANAGER and QGuiApplication.platformName() == "offscreen":
        return
    _log.log(_LEVELS.get(kind, logging.WARNING), "qt: %s (%s)", message, context.category)
