"""The tables that an adapter makes."""

from collections.abc import Callable, Iterator, Mapping

import pandas as pd


class Tables(Mapping[str, pd.DataFrame]):
    """The tables of an adapter by name, each made when it is asked for: one that lacks its raw file leaves the others.

    Args:
        makers: What makes each table.
    """

    def __init__(self, **makers: Callable[[], pd.DataFrame]) -> None:
        self._makers = makers

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._makers[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)
