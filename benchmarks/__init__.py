"""How fast Tirai is beside its peers: `python -m benchmarks.NAME [--n N]` each, or `make bench` for all.

A machine shared with others makes seconds worthless, so every figure stands beside a peer that was measured in the
same run, in turns with ours; ratios are medians of the pairs. No test's verdict depends on any of them.
"""
