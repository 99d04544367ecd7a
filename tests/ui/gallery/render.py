"""Take the pictures of some shots in one variant: `python -m tests.ui.gallery.render OUT VARIANT SHOT...`.

A line of JSON for each shot tells what was taken and what is cut there, for `screens.py`, which starts this.
"""

import json
import os
import sys
import traceback
from pathlib import Path

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QWidget

from app.ui.application import TiraiApplication, _on_qt_message, make_application
from tests.ui.gallery.groups import SHOTS
from tests.ui.gallery.studio import Studio, wait
from tests.ui.gallery.variants import Variant
from tests.ui.walk import covered_texts, cut_texts, painted_cuts


class Camera(Studio):
    """Takes pictures, and looks at each for what is cut or covered."""

    def __init__(self, app: TiraiApplication, variant: Variant, out: Path) -> None:
        super().__init__(app, variant.theme, variant.language, out)
        self.taken: list[str] = []
        self.findings: list[str] = []

    def shoot(self, widget: QWidget, name: str) -> None:
        wait(60)
        found = [f"cut: {text}" for text in cut_texts(widget)]
        found += [f"covered: {text}" for text in covered_texts(widget)]
        painted: list[str] = []
        with painted_cuts(painted):
            picture = widget.grab()
        self.findings += [f"{name}: {text}" for text in (*found, *painted)]
        picture.save(str(self.out / f"{name}.png"))
        self.taken.append(name)


def main() -> None:
    out, variant = Path(sys.argv[1]), Variant.of(sys.argv[2])
    os.environ.update(QT_QPA_PLATFORM="offscreen", QT_SCALE_FACTOR=str(variant.scale))
    qInstallMessageHandler(_on_qt_message)
    app = make_application(["screens"], variant.theme, language=variant.language, hooks=False)
    app.setQuitOnLastWindowClosed(False)
    for name in sys.argv[3:]:
        camera, error = Camera(app, variant, out), ""
        try:
            SHOTS[name](camera)
        except Exception:  # noqa: BLE001 -- the other shots go on
            error = traceback.format_exc(limit=-3)
        camera.tasks.close()
        told = {"shot": name, "taken": camera.taken, "findings": sorted(set(camera.findings)), "error": error}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
    app.quit()


if __name__ == "__main__":
    main()
