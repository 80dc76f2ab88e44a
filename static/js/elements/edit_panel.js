/* <edit-panel>: a link with data-panel, or the event "panel:open" from a row, opens a form beside itself in the one popover of the page.
   Enter saves, Esc leaves, Tab goes on along the row, a click elsewhere keeps what was typed where the form says data-keeps. */
import { addressAt, beside, linkAt, mark, refocus, spotOf } from "./edit_spot.js";
import { TypedAhead } from "./typed_ahead.js";

const phone = matchMedia("(max-width: 47.99rem)");
const isOurs = (element) => element.matches?.("form[data-swaps]");
const isPlain = (event) => !(event.button || event.ctrlKey || event.metaKey || event.shiftKey);

class EditPanel extends HTMLElement {
  connectedCallback() {
    this.panel = this.querySelector("[popover]");
    this.ahead = new TypedAhead();
    document.addEventListener("click", (event) => this.ask(event), true);
    document.addEventListener("panel:open", ({ target, detail }) => this.open({ home: target.id, panel: detail }));
    document.addEventListener("focusin", ({ target }) => this.turn(target));
    document.addEventListener("htmx:afterSettle", ({ detail }) => this.settle(detail.target));
    document.addEventListener("rows:fresh", () => this.settle());
    document.addEventListener("htmx:beforeRequest", ({ target }) => (this.sending ||= isOurs(target)));
    document.addEventListener("htmx:afterRequest", ({ detail }) => this.hear(detail.requestConfig.elt, detail.successful));
    this.panel.addEventListener("htmx:beforeSwap", ({ detail }) => isOurs(detail.requestConfig.elt) && this.answer(detail));
    this.panel.addEventListener("toggle", ({ newState }) => newState === "closed" && this.closed());
    document.addEventListener("keydown", (event) => this.isOpen() && this.steer(event));
    for (const name of ["input", "change"]) this.panel.addEventListener(name, () => (this.touched = true));
  }

  isOpen = () => this.panel.matches(":popover-open");
  ask(event) {
    const link = event.target.closest("[data-panel]");
    if (!link || !isPlain(event) || (phone.matches && link.hasAttribute("data-dialog"))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.open(spotOf(link));
  }

  open(spot) {
    this.ahead.begin();
    if (this.sending) return (this.next = spot);
    mark(this.spot, false);
    [this.spot, this.next, this.asked] = [spot, null, Boolean(linkAt(spot))];
    if (!this.asked) return this.ahead.forget();
    window.htmx.ajax("GET", addressAt(spot), { source: this.panel, target: this.panel, swap: "innerHTML" });
  }

  show() {
    this.touched = this.leaving = this.asked = false;
    if (this.isOpen()) return this.ahead.end();
    if (phone.matches) this.panel.querySelector("[role=combobox]")?.removeAttribute("autofocus");
    this.panel.showPopover();
    this.panel.querySelector("input[autofocus]:not([role])")?.select();
    this.ahead.end();
  }

  /* Rows are drawn anew while one works on them: the mark and the focus go on to the new ones */
  settle(target) {
    if (target === this.panel && this.spot) this.show();
    if (this.isOpen()) mark(this.spot, true);
    else refocus(this.spot, this.panel);
  }

  turn(element) {
    if (this.asked || this.sending || this.isOpen() || element === linkAt(this.spot)) return;
    mark(this.spot, false);
    this.spot = null;
  }

  /* What was saved is drawn where data-swaps says, if that is still on the page; what was wrong is told in the panel */
  answer(detail) {
    if (detail.xhr.status !== 200) return (this.next = null);
    const target = document.querySelector(detail.requestConfig.elt.dataset.swaps);
    Object.assign(detail, { shouldSwap: Boolean(target), swapOverride: "outerHTML", target: target ?? this.panel });
    this.leaving = true; /* a field that loses the focus says "change" once more */
    this.panel.hidePopover();
  }

  hear(element, successful) {
    if (element === this.panel) this.asked = successful;
    if (!isOurs(element)) return;
    this.sending = false;
    if (!successful && !this.isOpen()) this.panel.showPopover();
  }

  closed() {
    const form = this.panel.querySelector("form[data-keeps]");
    if (form && this.touched && !this.leaving && !this.sending) form.requestSubmit();
    else this.next ? this.open(this.next) : mark(this.spot, false);
    this.touched = false;
    refocus(this.spot, this.panel);
  }

  steer(event) {
    if (event.key === "Escape") this.leaving = true;
    if (event.key !== "Tab" || !this.panel.querySelector("form[data-swaps]")) return;
    this.next = beside(this.spot, event.shiftKey ? -1 : 1);
    if (event.defaultPrevented) return; /* a list has sent its choice already */
    event.preventDefault();
    this.panel.hidePopover();
  }
}
customElements.define("edit-panel", EditPanel);
