"""Tables of any bank: text with delimiters becomes a grid, and one reading of columns serves it and Excel alike."""

from ledger.importing.csv.delimited import FORMAT

__all__ = ["FORMAT"]
