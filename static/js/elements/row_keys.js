/* <row-keys>: a list of rows is worked by keys: j and k walk, x ticks, Enter opens, letters open what a row offers. What a key does
   stands in its data-key and data-does: a selector within the row, or a name from below. Letters for which no row is chosen go on to the page. */
const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const SAME = { ArrowDown: "j", ArrowUp: "k", Delete: "#", " ": "x" };

class RowKeys extends HTMLElement {
  connectedCallback() {
    this.leave = new AbortController();
    const options = { capture: true, signal: this.leave.signal };
    document.addEventListener("keydown", (event) => this.press(event), options);
    document.addEventListener("focusin", ({ target }) => (this.here = target.closest("[data-row]")?.id ?? this.here), options);
    for (const name of ["htmx:afterSettle", "rows:fresh"]) document.addEventListener(name, () => this.refocus(), { signal: this.leave.signal });
    document.addEventListener("close", () => setTimeout(() => this.refocus()), options); /* once the dialog is emptied */
    document.addEventListener("pointerdown", () => (this.byKey = false), options);
  }

  disconnectedCallback() {
    this.leave.abort();
  }

  get rows() {
    return [...document.querySelectorAll("[data-row]")];
  }

  get row() {
    const row = document.activeElement.closest?.("[data-row]");
    return row ?? (document.activeElement === document.body ? document.getElementById(this.here) : null);
  }

  press(event) {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || target.closest?.(TYPING)) return;
    if (document.querySelector("dialog[open], :popover-open")) return;
    const onRow = target.matches?.("[data-row]");
    if ((event.key.startsWith("Arrow") || ["Enter", " "].includes(event.key)) && !onRow) return;
    const key = SAME[event.key] ?? event.key;
    const way = this.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!way || (event.repeat && !["j", "k"].includes(key))) return;
    if (!this.row && !["j", "k"].includes(key)) return this.pass(event, key);
    event.preventDefault();
    event.stopPropagation();
    this.act(way.dataset.does);
  }

  /* The same key of the page itself */
  pass(event, key) {
    const other = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter((each) => !this.contains(each)).at(-1);
    event.stopPropagation();
    if (!other) return;
    event.preventDefault();
    other.matches("input") ? other.focus() : other.click();
  }

  act(does) {
    if (does === "next" || does === "before") this.walk(does === "next" ? 1 : -1);
    else if (does === "trash") this.trash();
    else if ((this.byKey = does === "open")) this.open();
    else if ((this.byKey = does.startsWith("../"))) this.row.dispatchEvent(new CustomEvent("panel:open", { bubbles: true, detail: does }));
    else (this.row.querySelector(does) ?? this.querySelector(does))?.click();
  }

  walk(step) {
    const rows = this.rows;
    const at = rows.indexOf(this.row);
    const seen = rows.findIndex((row) => row.getBoundingClientRect().top > 80);
    const to = rows[at < 0 ? Math.max(0, seen) : Math.max(0, Math.min(rows.length - 1, at + step))];
    this.stand(to);
    to?.scrollIntoView({ block: "nearest" });
  }

  open() {
    const link = this.querySelector("[data-open]");
    link.href = this.row.querySelector(".payee__name").href;
    link.click();
  }

  trash() {
    const rows = this.rows;
    const at = rows.indexOf(this.row);
    this.next = (rows[at + 1] ?? rows[at - 1])?.id;
    const values = { pick: rows[at].querySelector("[name=pick]").value };
    window.htmx.ajax("POST", this.dataset.trash, { values, swap: "none", source: this });
  }

  /* Rows are drawn anew: back to the one that one stood on, also from the cell that a key has opened */
  refocus() {
    const here = document.activeElement;
    const edited = this.byKey && !document.querySelector(":popover-open") && here.closest("[data-row] a");
    if (here !== document.body && !edited) return;
    if (!document.getElementById(this.here) && this.next) [this.here, this.next] = [this.next, null];
    this.stand(document.getElementById(this.here));
  }

  stand(row) {
    row?.setAttribute("tabindex", -1);
    row?.focus({ preventScroll: true });
  }
}
customElements.define("row-keys", RowKeys);
