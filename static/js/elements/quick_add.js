/* <quick-add>: the field is empty again once its line is saved, but for what was typed meanwhile; an answer about a line that is no longer
   there is dropped; after a part was chosen one writes on at the end of the line. */
class QuickAdd extends HTMLElement {
  connectedCallback() {
    this.line = this.querySelector("[name=line]");
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", () => this.send());
    this.line.addEventListener("input", () => (this.sent = null));
    this.addEventListener("htmx:beforeSwap", (event) => this.check(event));
    this.addEventListener("htmx:afterRequest", (event) => this.saved(event));
    if (this.line.hasAttribute("data-return")) this.addEventListener("htmx:afterSettle", () => this.goOn(), { once: true });
  }

  goOn() {
    this.line.focus();
    this.line.setSelectionRange(this.line.value.length, this.line.value.length);
  }

  /* The answer to what is sent is the last word about it, also where it was asked how it reads a moment before */
  send() {
    this.sent = this.line.value;
    window.htmx.trigger(this.line, "htmx:abort");
  }

  check(event) {
    const { elt, formData } = event.detail.requestConfig;
    const said = formData.get("line");
    if (elt === this.line && (said !== this.line.value || said === this.sent)) event.detail.shouldSwap = false;
  }

  saved(event) {
    const { elt, formData } = event.detail.requestConfig;
    if (elt !== this.form || event.detail.xhr.status !== 200) return;
    const said = formData.get("line");
    this.line.value = this.line.value.startsWith(said) ? this.line.value.slice(said.length) : this.line.value;
    if (this.line.value) this.line.dispatchEvent(new Event("input", { bubbles: true }));
    this.line.focus();
  }
}
customElements.define("quick-add", QuickAdd);
