"""A list of transactions as a file: the same columns as CSV and as a workbook, one line for each part."""

from ledger.exporting.comma import write_csv
from ledger.exporting.sheet import COLUMNS, sheet_lines
from ledger.exporting.workbook import TooManyLines, write_workbook

__all__ = ["COLUMNS", "TooManyLines", "sheet_lines", "write_csv", "write_workbook"]
