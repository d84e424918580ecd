"""What every kernel imports anyway: loaded once, in the process that warm kernels are forked from.

An import here must have no effect but the import: no figure, no event loop, no socket, no thread. Numeric libraries
read the size of their thread pools when they are loaded; a pool must not exist before a fork.
"""

import os

for _pool in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
    os.environ[_pool] = "1"

import babel.numbers  # noqa: E402, F401
import ipykernel.kernelapp  # noqa: E402, F401
import matplotlib.pyplot  # noqa: E402, F401
import pandas  # noqa: E402, F401
import seaborn  # noqa: E402, F401

import analysis.publish.forks  # noqa: E402, F401
from analysis import Briefing, charts  # noqa: E402, F401
