"""Where the self-test's program begins: the frozen console with the demo's drivers at its windows. Never shipped.

`tirai-story look CACHE_FOLDER` looks for a session from outside; `tirai-story lessons HOME ACCOUNT` has somebody take
all lessons; `tirai-story HOME FOLDER PICTURES` plays.
"""

import runpy
import sys

if sys.argv[1] == "look":
    del sys.argv[1]
    runpy.run_module("tests.demo.outside", run_name="__main__")
elif sys.argv[1] == "lessons":
    from tests.demo import lessons

    del sys.argv[1]
    lessons.main()
else:
    runpy.run_module("tests.demo.console_process", run_name="__main__")
