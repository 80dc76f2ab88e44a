/* <toast-stack>: toasts leave after ten seconds, wait while pointed at or focused, and go on Escape.
   Says also what went wrong with a request of the page, in words that stand in the template. */
const STAY = 10000;
const FAULTS = { 401: "away", 403: "forbidden", 429: "slow" };

class ToastStack extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("#toasts");
    this.addEventListener("click", (event) => event.target.closest("[data-dismiss]") && this.drop(event.target.closest(".toast")));
    this.addEventListener("htmx:afterRequest", (event) => event.detail.successful && this.drop(event.target.closest(".toast")));
    for (const name of ["pointerenter", "focusin"]) this.addEventListener(name, () => this.hold());
    for (const name of ["pointerleave", "focusout"]) this.addEventListener(name, () => this.release());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !document.querySelector("dialog[open], :popover-open")) this.drop(this.list.lastElementChild);
    });
    document.addEventListener("htmx:sendError", () => this.tell("network"));
    document.addEventListener("htmx:timeout", () => this.tell("network"));
    document.addEventListener("htmx:responseError", (event) =>
      this.tell(FAULTS[event.detail.xhr.status] ?? (event.detail.xhr.status >= 500 ? "server" : "")),
    );
    this.watch = new MutationObserver(() => this.release());
    this.watch.observe(this.list, { childList: true });
    this.release();
  }

  disconnectedCallback() {
    this.watch.disconnect();
    clearTimeout(this.leaving);
  }

  hold() {
    clearTimeout(this.leaving);
  }

  release() {
    clearTimeout(this.leaving);
    if (!this.list.children.length || this.matches(":hover") || this.matches(":focus-within")) return;
    this.leaving = setTimeout(() => this.drop(this.list.firstElementChild), STAY);
  }

  drop(toast) {
    if (!toast) return;
    const focused = toast.contains(document.activeElement);
    const next = toast.nextElementSibling ?? toast.previousElementSibling;
    toast.remove();
    if (focused) (next?.querySelector("button") ?? document.querySelector("#content"))?.focus({ preventScroll: true });
  }

  tell(fault) {
    const said = this.querySelector(`template[data-fault="${fault}"]`);
    if (!said || this.list.querySelector(`[data-fault="${fault}"]`)) return;
    const toast = said.content.cloneNode(true).querySelector(".toast");
    toast.dataset.fault = fault;
    this.list.append(toast);
  }
}
customElements.define("toast-stack", ToastStack);
