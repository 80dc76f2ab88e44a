"""One line that says a whole transaction, “12.50 lunch pret #work yesterday @amex”, taken apart."""

from ledger.calc.quick_add.parts import Known, Part, QuickAdd
from ledger.calc.quick_add.reading import LONGEST, read_quick_add

__all__ = ["LONGEST", "Known", "Part", "QuickAdd", "read_quick_add"]
