"""The markup of a transaction in a list, its only home: dozens stand on every page, too many for a template each.

Whatever somebody wrote goes through `escape`; all else in here is our own. Rows come made shown (ledger/queries/shown).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.money.text import format_money
from financeflow.web.dates import day_name, day_text
from financeflow.web.templatetags.web import money_html
from ledger.queries.listing import Day
from ledger.queries.rows import Row

# A longer name of an account may not fit into its column.
LONG_ACCOUNT = 18


@dataclass(frozen=True)
class Words:
    """What stands in every row, looked up once a page."""

    select: str
    more: str
    pending: str
    paid_back: str
    owed: str
    papers: str
    reconciled: str
    transfer: str
    several: str
    uncategorised: str
    no_rate: str
    learned: str
    accept: str


def words() -> Words:
    said = (
        _("Select"),
        _("More for"),
        _("Pending"),
        _("Paid back"),
        _("Money owed back"),
        _("Has papers"),
        _("Reconciled"),
        _("Transfer"),
        _("Several"),
        _("Uncategorised"),
        _("no rate known"),
        _("Learned, %(percent)s %% sure"),
        _("Accept %(category)s"),
    )
    return Words(*map(escape, said))


@dataclass(frozen=True)
class Pen:
    """Draws rows for one who reads: `here` is the address of the list, `icons` of the sprite, `base` the currency."""

    here: str
    icons: str
    base: str
    locale: str
    language: str
    may_edit: bool

    @cached_property
    def words(self) -> Words:
        return words()

    def day(self, day: Day, currency: str, today: date, *, headed: bool) -> str:
        """The rows of a day, under its head where that does not stand above already."""
        head = self._head(day, currency, today) if headed else ""
        return f'<tbody data-day="{day.day.isoformat()}">{head}{"".join(map(self.row, day.rows))}</tbody>\n'

    def _head(self, day: Day, currency: str, today: date) -> str:
        name = escape(day_name(day.day, today, language=self.language, locale=self.locale))
        check = (
            f'<input class="check" type="checkbox" data-whole-day aria-label="{self.words.select} {name}">'
            if len(day.rows) > 1
            else ""
        )
        total = money_html(day.total, currency, self.locale, "flow")
        return (
            f'<tr class="day"><td class="ledger__check">{check}</td><th scope="rowgroup" colspan="3">{name}</th>'
            f'<td class="day__sum">{total}</td><td></td></tr>\n'
        )

    def row(self, row: Any, *, dated: bool = False) -> SafeString:
        name, account, key = escape(row.name), escape(row.account.name), row.key
        pending = ' class="pending"' if row.status == "pending" else ""
        more = (
            f'<button class="ledger__more" popovertarget="row-menu" aria-label="{self.words.more} {name}"></button>'
            if self.may_edit
            else ""
        )
        title = f' title="{account}"' if len(row.account.name) > LONG_ACCOUNT else ""
        said = "".join(self._said(row, name, dated))
        return mark_safe(  # noqa: S308 - what somebody wrote is escaped
            f'<tr id="t-{key}" data-row{pending}><td class="ledger__check"><input class="check" type="checkbox" '
            f'name="pick" value="{key}" form="selection" aria-label="{self.words.select} {name}"></td>'
            f'<td class="ledger__payee"><div class="payee">{said}</div></td>'
            f'<td class="ledger__category">{self._category(row)}</td>'
            f'<td class="ledger__account"{title}>{account}</td>'
            f'<td class="ledger__amount">{self._amount(row)}</td><td class="ledger__menu">{more}</td></tr>\n'
        )

    def register_row(self, row: Row) -> str:
        """The same in the register of an account, with what was in it afterwards."""
        name = escape(row.name)
        pending = ' class="pending"' if row.status == "pending" else ""
        said = [f'<a class="payee__name" href="{self._page(row)}" data-dialog="wide" title="{name}">{name}</a>']
        if row.notes:
            said.append(f'<span class="payee__note">{escape(row.note)}</span>')
        if row.marked:
            said.extend(self.marks(row))
        return (
            f'<tr id="t-{row.key}"{pending}><td class="register__date">{self._day(row.date, "medium")}</td>'
            f'<td class="register__payee"><div class="payee">{"".join(said)}</div></td>'
            f'<td class="register__category"><span class="{self._pill(row)}">{self._filed(row)}</span></td>'
            f'<td class="register__amount">{money_html(row.amount, row.currency, self.locale, "flow")}</td>'
            f'<td class="register__balance">{money_html(row.balance, row.currency, self.locale)}</td></tr>\n'
        )

    def _said(self, row: Any, name: str, dated: bool) -> Iterator[str]:
        """Who it went to or came from, which leads to the whole transaction; notes, tags, marks and the day."""
        none = "" if row.has_name else " payee__name--none"
        cell = ' data-panel="../cell/payee/"' if self.may_edit and not row.transfer_id else ""
        title = f' title="{name}"' if row.has_long_name else ""
        yield f'<a class="payee__name{none}" href="{self._page(row)}" data-dialog="wide"{cell}{title}>{name}</a>'
        if row.notes:
            whole = f' title="{escape(row.whole_note)}"' if row.whole_note else ""
            yield self._cell(row, "notes", "payee__note", escape(row.note), whole)
        if row.tagged:
            tags = "".join(f'<span class="tag">{escape(tag.name)}</span>' for tag in row.tagged)
            yield self._cell(row, "tags", "tags", tags) if self.may_edit else tags
        if row.marked:
            yield from self.marks(row)
        if dated:
            yield self._cell(row, "date", "payee__day", self._day(row.date, "short"))

    def _page(self, row: Any) -> str:
        """The address of the whole transaction, to be changed or only to be looked at."""
        return f"{self.here}{row.key}/{'edit/' if self.may_edit else ''}"

    def _cell(self, row: Any, name: str, names: str, inside: str, more: str = "") -> str:
        """A value that is changed where it stands; without scripts it leads to the whole transaction."""
        if not self.may_edit:
            return f'<span class="{names}"{more}>{inside}</span>'
        return f'<a class="{names}" href="{self.here}{row.key}/edit/" data-panel="../cell/{name}/"{more}>{inside}</a>'

    def _day(self, day: date, style: str) -> str:
        return escape(day_text(day, style, language=self.language, locale=self.locale))

    def _category(self, row: Any) -> str:
        """What it was for; of a split it leads to the parts."""
        names, inside = self._pill(row), self._filed(row)
        if row.learned:
            title = f' title="{self.words.learned % {"percent": row.learned}}"'
            return self._why(row, f"{names} pill--learned", inside, title)
        if row.transfer_id or not self.may_edit:
            return f'<span class="{names}">{inside}</span>'
        if len(row.parts) > 1:
            return f'<a class="{names}" href="{self.here}{row.key}/split/" data-dialog="wide">{inside}</a>'
        if row.guess:
            words = self.words.accept % {"category": escape(row.guess.category.name)}
            return f'{self._why(row, names, inside)}<button class="ledger__accept" aria-label="{words}"></button>'
        return self._cell(row, "category", names, inside)

    def _why(self, row: Any, names: str, inside: str, more: str = "") -> str:
        """A category that nobody said, changed where it stands; without scripts, and to who only looks, it says why."""
        opens = ' data-panel="../cell/category/"' if self.may_edit else ' data-dialog="narrow"'
        return f'<a class="{names}" href="{self.here}{row.key}/why/"{opens}{more}>{inside}</a>'

    def _pill(self, row: Any) -> str:
        if row.guess:
            return "pill pill--guess"
        return "pill" if row.filed or row.transfer_id or len(row.parts) > 1 else "pill pill--none"

    def _filed(self, row: Any) -> str:
        if row.filed:
            return f'<span class="dot hue-{row.filed.hue}"></span><span>{escape(row.filed.name)}</span>'
        if row.transfer_id:
            return f"{self._icon('swap', small=True)}<span>{self.words.transfer}</span>"
        if len(row.parts) > 1:
            return f"{self._icon('split', small=True)}<span>{self.words.several}</span>"
        if row.guess:
            category = row.guess.category
            return f'<span class="dot hue-{category.hue}"></span><span>{escape(category.name)}?</span>'
        return f"<span>{self.words.uncategorised}</span>"

    def _amount(self, row: Any) -> str:
        """The amount; of a split what was asked for of it; from abroad what it is worth at home."""
        if row.part is not None:
            whole = escape(str(format_money(row.amount, row.currency, self.locale)))
            part = money_html(row.part, row.currency, self.locale, "flow")
            return f'{part}<span class="money__other">{_("of %(whole)s") % {"whole": whole}}</span>'
        amount = str(money_html(row.amount, row.currency, self.locale, "flow"))
        return (self._cell(row, "amount", "amount", amount) if self.may_edit else amount) + self._worth(row)

    def _worth(self, row: Any) -> str:
        if not row.abroad:
            return ""
        if row.base_amount is None:
            return f'<span class="money__other">{self.words.no_rate}</span>'
        return (
            f'<span class="money__other">≈ {escape(str(format_money(row.base_amount, self.base, self.locale)))}</span>'
        )

    def marks(self, row: Any) -> Iterator[str]:
        """What there is to know of it at a glance."""
        if row.status == "pending":
            yield self._state("clock", self.words.pending)
        if len(row.parts) > 1:
            parts = ngettext("%(parts)s part", "%(parts)s parts", len(row.parts)) % {"parts": len(row.parts)}
            yield self._state("split", escape(parts))
        if row.is_refund:
            yield self._state("undo", self.words.paid_back)
        elif row.awaits_refund:
            yield self._state("hourglass", self.words.owed)
        if row.has_papers:
            yield self._quiet_state("attachment", self.words.papers)
        if row.status == "reconciled":
            yield self._quiet_state("lock", self.words.reconciled)

    def _state(self, icon: str, word: str) -> str:
        return f'<span class="state">{self._icon(icon)}{word}</span>'

    def _quiet_state(self, icon: str, word: str) -> str:
        hidden = f'<span class="visually-hidden">{word}</span>'
        return f'<span class="state" title="{word}">{self._icon(icon)}{hidden}</span>'

    def _icon(self, name: str, *, small: bool = False) -> str:
        names = "icon icon--small" if small else "icon"
        return f'<svg class="{names}" aria-hidden="true"><use href="{self.icons}#{name}"/></svg>'
