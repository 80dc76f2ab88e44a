"""A PDF says what the report says, to the cent, on pages that nothing falls off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from math import cos, radians, sin
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from pypdf import PdfReader

from ledger.reporting.document import Amount, Cell, Chart, Day, Document, Row, Share, Words
from ledger.reporting.letterhead import Letterhead
from ledger.reporting.pdf import faces, ink, write_pdf
from ledger.reporting.pdf.charts import KINDS
from ledger.reporting.pdf.charts.plot import round_ticks
from ledger.reporting.pdf.faces import Type
from ledger.tests.report_samples import CHARTS, chart, document, figures, full, letterhead, table

SIXTY = "A payee whose name is sixty characters long, written in full"
A4, LETTER = (595, 842), (612, 792)


def pages_of(tmp_path: Path, report: Document, head: Letterhead | None = None) -> list[Any]:
    path = tmp_path / "report.pdf"
    write_pdf(path, report, head or letterhead())
    return list(PdfReader(path).pages)


def text_of(pages: Sequence[Any]) -> str:
    return "\n".join(page.extract_text() for page in pages)


def bare(text: str) -> str:
    """Without spaces, which are only places on paper."""
    return re.sub(r"\s", "", text)


def links_of(pages: Sequence[Any]) -> list[str]:
    notes = [note.get_object() for page in pages for note in page.get("/Annots", [])]
    return [note["/A"]["/URI"] for note in notes]


def test_everything_the_report_says_can_be_read(tmp_path: Path) -> None:
    text = text_of(pages_of(tmp_path, full()))
    for words in (
        *("Monthly report", "November 2026", "1,234.56 is left.", "3 amounts in JPY not included", "The Winterbottoms"),
        *("+€1,234.56", "€5,320.00", "23.5%", "1,234", "Net savings", "more"),
        *("By category", "compared with October 2026", "€700.00", "+12%", "−50%", "2 Nov 2026", "=1+1", "€1,000.00"),
        *("The months", "June 2026", "€100.01", "No new payees this month.", "Made on 21 November 2026", "Page 1 of"),
    ):
        assert words in text


def test_figures_lead_to_their_lists(tmp_path: Path) -> None:
    assert {
        "https://books.example.org/transactions/?q=net",
        "https://books.example.org/transactions/?q=food",
    } <= set(links_of(pages_of(tmp_path, full())))
    homeless = Letterhead("Home", "en-GB", "en", date(2026, 11, 21))
    assert links_of(pages_of(tmp_path, full(), homeless)) == []


def test_the_same_report_is_the_same_file(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_pdf(tmp_path / name, full(), letterhead())
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_all_type_is_embedded(tmp_path: Path) -> None:
    fonts = [font.get_object() for page in pages_of(tmp_path, full()) for font in page["/Resources"]["/Font"].values()]
    assert {str(font["/BaseFont"]).partition("+")[2] for font in fonts} == {"OpenSans-Regular", "OpenSans-SemiBold"}
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


@pytest.mark.parametrize(("locale", "size"), [("en-GB", A4), ("de-DE", A4), ("en-US", LETTER), ("es-MX", LETTER)])
def test_pages_are_what_printers_hold_there(tmp_path: Path, locale: str, size: tuple[int, int]) -> None:
    [page, *_more] = pages_of(tmp_path, full(), letterhead(locale))
    assert (round(page.mediabox.width), round(page.mediabox.height)) == size


@pytest.mark.parametrize(
    ("currency", "locale", "written"),
    [
        ("JPY", "en-GB", ["+JP¥123,456", "JP¥70,000"]),
        ("KWD", "en-GB", ["+KWD\xa0123.456", "KWD\xa070.000"]),
        ("EUR", "de-DE", ["+1.234,56\xa0€", "700,00\xa0€", "23,5\xa0%"]),
        ("CHF", "fr-FR", ["1\u202f234,56\xa0CHF"]),
        ("INR", "en-IN", ["₹1,234.56"]),
    ],
)
def test_amounts_are_written_as_the_household_writes_them(
    tmp_path: Path, currency: str, locale: str, written: list[str]
) -> None:
    text = text_of(pages_of(tmp_path, full(currency), letterhead(locale)))
    for words in written:
        assert bare(words) in bare(text)


@pytest.mark.parametrize("kind", CHARTS)
def test_every_kind_of_chart_is_drawn_also_from_next_to_nothing(tmp_path: Path, kind: str) -> None:
    drawn = pages_of(tmp_path, document(chart(kind)))
    assert f"The {kind}" in text_of(drawn)
    assert len(drawn[0].get_contents().get_data()) > 2500
    nothing = text_of(pages_of(tmp_path, document(Chart("c", "Empty", kind, "", {}))))
    assert "There is nothing to draw here." in nothing


def test_every_chart_of_the_pages_is_one_of_paper_too() -> None:
    script = (settings.BASE_DIR / "static/js/elements/chart_figure.js").read_text(encoding="utf-8")
    assert set(KINDS) == set(re.findall(r"(\w+): \(\) => import", script)) == set(CHARTS)


def test_charts_say_their_numbers(tmp_path: Path) -> None:
    text = text_of(pages_of(tmp_path, document(*(chart(kind) for kind in CHARTS))))
    for words in ("€1,200.00", "70%", "€1,712", "Kept", "€1,812", "Usual month", "Today", "Money out", "Jun 2026"):
        assert words in text


@pytest.mark.parametrize("size", [1, 10**11])
def test_charts_of_cents_and_of_billions_are_drawn(tmp_path: Path, size: int) -> None:
    slices = [{"label": str(place), "value": size, "hue": place} for place in range(1, 9)]
    charts = [chart("where", slices=slices), chart("worth", values=[size]), chart("pace", actual=[size], usual=[])]
    assert "€0.01" in text_of(pages_of(tmp_path, document(*charts))) or size > 1


def test_a_kind_that_paper_does_not_know_is_its_table(tmp_path: Path) -> None:
    below = table([Words("Monday"), Amount(4711, "EUR")], title="By weekday")
    text = text_of(pages_of(tmp_path, document(chart("radar", below=below), chart("radar"))))
    assert "By weekday" in text
    assert "€47.11" in text


def test_long_tables_have_their_head_on_every_page_and_no_row_in_two(tmp_path: Path) -> None:
    rows: list[Row] = [
        Row([Words(f"{SIXTY} no. {place}"), Amount(place, "EUR")], level=place % 2) for place in range(90)
    ]
    pages = pages_of(tmp_path, document(table(*rows, Row([Words("All"), Amount(4005, "EUR")], is_sum=True))))
    texts = [page.extract_text() for page in pages]
    assert len(pages) > 2
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert "Category" in text
        assert text.count("no. ") == len(re.findall(r"€\d", text)) - (number == len(pages))
    # The sum has company.
    assert texts[-1].count("no. ") >= 1
    assert "€40.05" in texts[-1]


def test_long_tables_of_few_columns_are_set_beside_each_other(tmp_path: Path) -> None:
    days = [[Day(date(2026, 10, day)), Amount(day, "EUR")] for day in range(1, 32)]
    assert len(pages_of(tmp_path, document(table(*days, head=["Day", "Spent"])))) == 1
    text = text_of(pages_of(tmp_path, document(table(*days, head=["Day", "Spent"]))))
    assert text.count("Spent") == 3
    assert all(f"€0.{day:02d}" in text for day in range(1, 32))


def test_too_many_columns_go_on_below(tmp_path: Path) -> None:
    head = ["Category", *(f"Month number {month}" for month in range(24))]
    cells: list[Cell] = [Words("Groceries"), *(Amount(10**9 + month, "EUR") for month in range(24))]
    text = text_of(pages_of(tmp_path, document(table(cells, head=head))))
    assert text.count("Groceries") > 1
    assert all(f"€10,000,000.{month:02d}" in text for month in range(24))


def test_the_table_of_a_drawn_chart_stands_beneath_or_where_it_is_long_at_the_end(tmp_path: Path) -> None:
    rows = [[Words(f"Row {place}"), Amount(place, "EUR"), Share(0.5)] for place in range(15)]
    long = table(*rows, title="", head=["Row", "In", "Part"])
    short = table(*rows[:2], title="Not said again", head=["Row", "In", "Part"])
    text = text_of(pages_of(tmp_path, document(chart("months", below=long), chart("worth", below=short), figures())))
    assert text.index("Row 1") < text.index("Net savings") < text.index("Row 14")
    assert "Not said again" not in text


def test_narrow_sections_stand_two_by_two(tmp_path: Path) -> None:
    tables = [table([Words("Ada"), Amount(1, "EUR")], key=key, title=f"By {key}") for key in ("account", "member")]
    heights = []
    for narrow in (frozenset(), frozenset({"account", "member"})):
        [page] = pages_of(tmp_path, document(*tables, narrow=narrow))
        places: dict[str, float] = {}
        page.extract_text(visitor_text=lambda text, _cm, tm, *_font, at=places: at.setdefault(text.strip(), tm[5]))
        heights.append(places["By account"] - places["By member"])
    assert heights[0] > 40
    assert heights[1] == 0


def test_words_of_every_alphabet_are_set(tmp_path: Path) -> None:
    names = ["Žluťoučký kůň", "Καφενείο", "Ёлка", "₪ ₹ ₽ ₺ ₩ ₫", "Cafe\u0301", "日本料理 さくら", "한국"]
    text = text_of(pages_of(tmp_path, document(table(*([Words(name), Amount(1, "EUR")] for name in names)))))
    for name in names[:4]:
        assert bare(name) in bare(text)
    assert "Café" in text
    assert "�" not in text


def test_amounts_are_seen_whatever_faces_a_reader_has(tmp_path: Path) -> None:
    charts = [chart("worth", values=[0, 25_000_000]), chart("months")]
    home = letterhead("ja-JP", household="Home")
    pages = pages_of(tmp_path, document(figures(currency="JPY"), *charts, currency="JPY"), home)
    fonts = {str(font.get_object()["/BaseFont"]) for page in pages for font in page["/Resources"]["/Font"].values()}
    assert {name.partition("+")[2] for name in fonts} == {"OpenSans-Regular", "OpenSans-SemiBold"}
    assert "+¥123,456" in bare(text_of(pages))
    assert "¥30,000,000" in bare(text_of(pages))
    assert "200.000 €" in text_of(
        pages_of(tmp_path, document(chart("months", money_in=[2 * 10**7] * 6)), letterhead("de-DE"))
    )


def test_hebrew_reads_from_the_right_and_amounts_in_it_from_the_left() -> None:
    strong = Type(9, strong=True)
    assert faces.runs("רמי לוי (סניף 12)") == ((faces.PLAIN, "(12 ףינס) יול ימר"),)
    assert faces.runs("יתרה \u2066−1,234.50 ₪\u2069 היום") == ((faces.PLAIN, "םויה −1,234.50 ₪ הרתי"),)
    assert faces.width("שלום", strong) == faces.width("םולש", strong) > 0


def test_a_page_in_hebrew_begins_at_the_right(tmp_path: Path) -> None:
    """And amounts still stand under each other to the digit."""
    places: dict[str, float] = {}
    with translation.override("he"):
        [page, *_more] = pages_of(tmp_path, full("ILS"), letterhead("he-IL", "he", "משפחת לוי"))
    page.extract_text(visitor_text=lambda text, _cm, tm, *_font: places.setdefault(text.strip(), tm[4]))
    assert places["FinanceFlow"] > 400
    assert places["משפחת לוי"] < 100
    assert places["By category"] > 300
    ends = [places[words] + faces.width(words, Type(8.5)) for words in ("700.00 ₪", "300.00 ₪")]
    strong = places["1,000.00 ₪"] + faces.width("1,000.00 ₪", Type(8.5, strong=True))
    assert ends == pytest.approx([strong, strong], abs=0.1)


def test_long_words_break_and_figures_never_do() -> None:
    style = Type(9)
    lines = faces.lines(f"{SIXTY} {'x' * 200}", style, 100)
    assert "".join(lines).replace(" ", "") == (SIXTY + "x" * 200).replace(" ", "")
    assert all(faces.width(line, style) <= 100 for line in lines)
    assert faces.lines(SIXTY, style, 100, most=2)[1].endswith("…")
    assert faces.width("€1,000,000,000.00", faces.shrunk("€1,000,000,000.00", Type(21), 60)) <= 60.01


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 0, [0, 1]), (-1, 1, [-1, 0, 1]), (0, 100, [0, 50, 100]), (-350, 1200, [-500, 0, 500, 1000, 1500])],
)
def test_an_axis_has_few_round_amounts(low: int, high: int, ticks: list[int]) -> None:
    assert round_ticks(low, high) == ticks
    for size in (1, 7, 1234, 10**15):
        found = round_ticks(-size, 3 * size)
        assert len(found) <= 6
        assert found[0] <= -size
        assert found[-1] >= 3 * size


def srgb(lightness: float, chroma: float, hue: float) -> str:
    """A colour of the tokens as three bytes."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    curved = (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in linear)
    return "#" + "".join(f"{round(255 * min(max(part, 0), 1)):02x}" for part in curved)


def test_colours_are_those_of_the_pages() -> None:
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text(encoding="utf-8")
    light = re.findall(r"--([a-z0-9-]+): light-dark\(oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)", tokens)
    known = {name: srgb(float(part) / 100, float(chroma), float(hue)) for name, part, chroma, hue in light}
    for number, colour in ink.HUES.items():
        assert colour == known[f"hue-{number}"]
    for name in ("ink-1", "ink-2", "ink-3", "line", "line-strong", "surface-2", "accent", "positive", "negative"):
        assert getattr(ink, name.upper().replace("-", "_")) == known[name]
    assert (known["warning"], known["warning-soft"]) == (ink.WARNING, ink.WARNING_SOFT)
    assert (ink.hue("in"), ink.hue(0), ink.hue(None)) == (ink.POSITIVE, ink.LINE_STRONG, ink.LINE_STRONG)
    assert (ink.tint("#005e5c", 100), ink.tint("#005e5c", 0)) == ("#005e5c", "#ffffff")
