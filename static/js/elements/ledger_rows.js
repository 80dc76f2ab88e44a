/* <ledger-rows>: asks for the rows anew when the books have changed, and takes over only what differs: the scroll, the selection and the
   focus stay. A row is known by its id, and as it came by its markup. */
import { arrange, inherit } from "./row_merge.js";

/* A list that is drawn anew as a whole may be older than a change that its rows were just about to ask for */
let owed = false;

class LedgerRows extends HTMLElement {
  connectedCallback() {
    this.leave = new AbortController();
    document.body.addEventListener("live:ledger.changed", () => (this.behind = true), { signal: this.leave.signal });
    if (owed) setTimeout(() => this.dispatchEvent(new Event("owed")));
    owed = false;
    this.came = new Map();
    this.note(this.table);
    this.watch = new MutationObserver((records) => records.forEach(({ addedNodes }) => addedNodes.forEach((node) => this.note(node))));
    if (this.table) this.watch.observe(this.table, { childList: true, subtree: true });
    this.addEventListener("htmx:configRequest", ({ detail }) => (detail.parameters.shown = this.rows.length));
    this.addEventListener("htmx:beforeRequest", () => (this.behind = false));
    this.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful && this.take(detail.xhr.response));
  }

  disconnectedCallback() {
    this.leave.abort();
    owed ||= Boolean(this.behind);
    this.watch.disconnect();
  }

  get table() {
    return document.getElementById("rows");
  }

  get rows() {
    return [...(this.table?.querySelectorAll("tr[data-row]") ?? [])];
  }

  /* htmx puts a class on what it has just brought, for a moment */
  note(part) {
    const rows = part?.matches?.("tr[data-row]") ? [part] : (part?.querySelectorAll?.("tr[data-row]") ?? []);
    rows.forEach((row) => this.came.set(row.id, row.outerHTML.replace(/ class="htmx-added"| htmx-added/, "")));
  }

  take(answer) {
    const fresh = new DOMParser().parseFromString(answer, "text/html");
    const days = [...fresh.querySelectorAll("tbody[data-day]")];
    if (!this.table || !days.length) return window.htmx.ajax("GET", location.href, { target: "#listed", swap: "innerHTML" });
    this.takeTally(fresh.getElementById("tally"));
    const rows = this.rows;
    const beyond = rows.length > fresh.querySelectorAll("tr[data-row]").length ? this.beyond(rows, days) : [];
    const bodies = days.map((day) => this.takeDay(day, beyond));
    const older = [...this.table.tBodies].filter((body) => beyond.some((row) => body.contains(row)) && !bodies.includes(body));
    const more = beyond.length ? document.getElementById("earlier") : fresh.getElementById("earlier");
    const head = [...this.table.children].filter((part) => part.tagName !== "TBODY");
    arrange(this.table, [...head, ...bodies, ...older, ...(more ? [document.adoptNode(more)] : [])]);
    window.htmx.process(this.table);
    this.dispatchEvent(new Event("rows:fresh", { bubbles: true }));
  }

  /* Rows further down than what was asked for: they stay as they are */
  beyond(rows, days) {
    const last = days.at(-1).querySelector("tr[data-row]:last-child").id;
    const at = rows.findIndex((row) => row.id === last);
    return at < 0 ? [] : rows.slice(at + 1);
  }

  takeDay(day, beyond) {
    const body = this.table.querySelector(`tbody[data-day="${day.dataset.day}"]`) ?? document.importNode(day, false);
    const rows = [...day.rows].map((row) => this.takeRow(row, body));
    arrange(body, [...rows, ...beyond.filter((row) => row.parentElement === body)]);
    return body;
  }

  takeRow(row, body) {
    if (!row.id) return body.querySelector(".day")?.outerHTML === row.outerHTML ? body.querySelector(".day") : document.importNode(row, true);
    const here = document.getElementById(row.id);
    if (here && this.came.get(row.id) === row.outerHTML) return here;
    const fresh = document.importNode(row, true);
    if (here) return inherit(here, fresh);
    fresh.classList.add("ledger__new");
    return fresh;
  }

  takeTally(fresh) {
    const here = document.getElementById("tally");
    if (!fresh || !here || fresh.outerHTML === here.outerHTML) return;
    if (fresh.hasAttribute("hx-get")) window.htmx.ajax("GET", fresh.getAttribute("hx-get"), { target: here, swap: "outerHTML" });
    else here.replaceWith(document.importNode(fresh, true));
  }
}
customElements.define("ledger-rows", LedgerRows);
