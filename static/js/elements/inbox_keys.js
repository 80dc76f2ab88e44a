/* <inbox-keys>: the question in front, an opened [data-ask], is answered by keys. What a key does stands in its data-key and data-does: a
   step, or a button of the question that has this word among its own. After an answer the next question comes to the front. */
const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const SAME = { Enter: "y", ArrowDown: "j", ArrowUp: "k" };
const PATIENCE = 2000;

class InboxKeys extends HTMLElement {
  connectedCallback() {
    this.leave = new AbortController();
    const options = { capture: true, signal: this.leave.signal };
    document.addEventListener("keydown", (event) => this.press(event), options);
    document.addEventListener("toggle", ({ target }) => target.matches?.("[data-ask][open]") && this.note(target), options);
    document.addEventListener("htmx:afterSwap", ({ detail }) => detail.target.id === "queue" && this.settle(), options);
    document.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful || (this.busy = 0), options);
    this.note(this.front);
  }

  disconnectedCallback() {
    this.leave.abort();
  }

  get asks() {
    return [...document.querySelectorAll("[data-ask]")];
  }

  get front() {
    return document.querySelector("[data-ask][open]") ?? this.asks[0];
  }

  note(ask) {
    this.here = ask?.dataset.ask;
    this.at = Math.max(0, this.asks.indexOf(ask));
  }

  press(event) {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || target.closest?.(TYPING)) return;
    if (document.querySelector("dialog[open], :popover-open")) return;
    if (event.key in SAME && !target.matches?.("summary, body, main")) return;
    const way = this.querySelector(`[data-key="${CSS.escape(SAME[event.key] ?? event.key)}"]`);
    if (!way || (!this.front && way.dataset.does !== "undo")) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat || ["next", "before"].includes(way.dataset.does)) this.act(way.dataset.does);
  }

  act(does) {
    if (does === "next" || does === "before") return this.walk(does === "next" ? 1 : -1);
    if (does === "undo") return [...document.querySelectorAll("#toasts [data-key=z]")].at(-1)?.click();
    const button = this.front.querySelector(`[data-does~="${does}"]`);
    if (!button || Date.now() < this.busy) return;
    this.show(this.front);
    /* One press is one answer: the next one is for the question that comes */
    if (does === "dismiss" || button.name === "choice") this.busy = Date.now() + PATIENCE;
    button.click();
  }

  walk(step) {
    const asks = this.asks;
    const at = asks.indexOf(this.front);
    this.show(asks[Math.max(0, Math.min(asks.length - 1, at + step))]);
  }

  show(ask) {
    for (const each of this.asks) each.open = each === ask;
    this.note(ask);
    ask?.querySelector("summary").focus({ preventScroll: true });
    ask?.scrollIntoView({ block: "nearest" });
  }

  /* The list is drawn anew: the question one was at, or the one that took its place */
  settle() {
    this.busy = 0;
    const asks = this.asks;
    const next = asks.find((each) => each.dataset.ask === this.here) ?? asks[Math.min(this.at, asks.length - 1)];
    for (const each of asks) each.open = each === next;
    this.note(next);
    if (document.activeElement !== document.body || document.querySelector("dialog[open]")) return;
    if (next) this.show(next);
    else document.querySelector("#content").focus({ preventScroll: true });
  }
}
customElements.define("inbox-keys", InboxKeys);
