"""The benchmark of the project: what its build costs beside the stock tools. `make benchmark` runs it."""
