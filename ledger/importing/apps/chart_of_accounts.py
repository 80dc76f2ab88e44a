"""What an account of double entry stands for: money one has, owes, earns or spends, told by the root of its name."""

from __future__ import annotations

from dataclasses import dataclass, field

ASSET, LIABILITY, INCOME, EXPENSE, EQUITY, UNKNOWN = "asset", "liability", "income", "expense", "equity", ""
OWN = frozenset({ASSET, LIABILITY, UNKNOWN})

_ROOTS = {
    ASSET: "assets|asset|aktiva|vermögen|actifs|actif|activos|activo|attività|ativos|activa|tillgångar",
    LIABILITY: "liabilities|liability|debts|debt|fremdkapital|verbindlichkeiten|passiva|passifs|passif|dettes|pasivos"
    "|pasivo|passività|passivos|skulder",
    INCOME: "income|incomes|revenue|revenues|erträge|ertrag|einnahmen|einkommen|revenus|produits|ingresos|ingreso"
    "|entrate|ricavi|receitas|inkomsten|intäkter",
    EXPENSE: "expenses|expense|aufwendungen|aufwand|ausgaben|dépenses|charges|gastos|gasto|uscite|spese|costi"
    "|despesas|uitgaven|kosten|utgifter",
    EQUITY: "equity|eigenkapital|anfangsbestand|capital|capitaux propres|patrimonio|patrimônio|fondos|eigen vermogen",
}
_SIDES = {root: side for side, roots in _ROOTS.items() for root in roots.split("|")}
_OPENING = ("opening", "startingbalance", "eröffnung", "anfangs", "ouverture", "soldesinitiaux", "apertura", "abertura")


@dataclass(slots=True)
class Chart:
    """Which side each account is on. A file may rename the roots, or declare single accounts with all below them."""

    roots: dict[str, str] = field(default_factory=lambda: dict(_SIDES))
    declared: dict[str, str] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)

    def side_of(self, account: str) -> str:
        side = self._known.get(account)
        if side is None:
            side = self._known[account] = self._look_up(account)
        return side

    def _look_up(self, account: str) -> str:
        name = account
        while name:
            if name in self.declared:
                return self.declared[name]
            name = name.rpartition(":")[0]
        return self.roots.get(account.partition(":")[0].strip().lower(), UNKNOWN)

    def is_opening(self, account: str) -> bool:
        """Whether this is where opening balances come from."""
        if self.side_of(account) != EQUITY:
            return False
        plain = "".join(each for each in account.lower() if each.isalpha())
        return any(word in plain for word in _OPENING)


def below_root(account: str) -> list[str]:
    parts = [part.strip() for part in account.split(":")]
    return parts[1:] or parts


def category_name(account: str) -> str:
    """“Expenses:Food:Out:Lunch” is “Food: Out / Lunch”: two levels."""
    first, *rest = below_root(account)
    return f"{first}: {' / '.join(rest)}" if rest else first


def category_names(accounts: dict[str, str], income_words: str) -> dict[str, str]:
    """The categories of income and expense accounts; a group never holds both, so that of income is named apart."""
    spent = {below_root(account)[0].lower() for account, side in accounts.items() if side == EXPENSE}
    names = {}
    for account, side in accounts.items():
        name = category_name(account)
        group, mark, rest = name.partition(": ")
        if side == INCOME and group.lower() in spent:
            name = f"{income_words % {'name': group}}{mark}{rest}"
        names[account] = name
    return names


def shown_names(accounts: list[str]) -> dict[str, str]:
    """The last word of each account's name, and more of it where two would be the same."""
    last = [below_root(account)[-1] for account in accounts]
    return {
        account: word if last.count(word) == 1 else " ".join(below_root(account))
        for account, word in zip(accounts, last, strict=True)
    }
