"""What every kernel imports anyway: loaded once, in the process that warm kernels are forked from.

An import here must have no effect but the import: no figure of pyplot, no event loop, no socket, no thread. Numeric
libraries read the size of their thread pools when they are loaded; a pool must not exist before a fork.
"""

import gc
import os
from importlib import import_module

from analysis.build.imports import not_installed

for _pool in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
    os.environ[_pool] = "1"

# ipykernel loads the debugger at every start, for as long as all else takes, unless it is not installed.
with not_installed("debugpy"):
    import_module("ipykernel.debugger")

for _module in (
    "ipykernel.kernelapp",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "babel.numbers",
    "matplotlib.pyplot",
    "pandas",
    "seaborn",
    "analysis.report.briefing",
    "analysis.charts",
    "analysis.build.forks",
):
    import_module(_module)

import_module("analysis.build.rehearsal").rehearse()

# What is loaded stays: kernels need not look through it for garbage, nor copy the pages it lies on. What they make
# themselves they look through less often than Python would: a kernel lives for seconds.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 100)
