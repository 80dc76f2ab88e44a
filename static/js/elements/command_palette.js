/* <command-palette>: Ctrl-K or Cmd-K opens it, the arrows move, Enter opens the first or the chosen. The answers come from the server. */
class CommandPalette extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.words = this.querySelector("input");
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        this.dialog.open ? this.dialog.close() : this.open();
      }
    });
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-open-palette]") && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        this.open();
      }
    });
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog || event.target.closest("[data-close]")) this.dialog.close();
    });
    this.dialog.addEventListener("keydown", (event) => this.steer(event));
    this.querySelector("form").addEventListener("submit", (event) => {
      if (!this.found().length) return;
      event.preventDefault();
      this.found()[0].click();
    });
  }

  open() {
    if (document.querySelector("dialog[open]")) return;
    document.querySelectorAll(":popover-open").forEach((menu) => menu.hidePopover());
    this.dialog.showModal();
    this.words.select();
    this.words.dispatchEvent(new CustomEvent("ask"));
  }

  found() {
    return [...this.querySelectorAll(".palette__item")];
  }

  steer(event) {
    const found = this.found();
    const here = found.indexOf(document.activeElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: here < 0 ? NaN : 0, End: here < 0 ? NaN : found.length - 1 }[event.key];
    if (to !== undefined && !Number.isNaN(to)) {
      event.preventDefault();
      (to < 0 ? (here < 0 ? found.at(-1) : this.words) : (found[to] ?? found[0]))?.focus();
    } else if (here >= 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== " ") {
      this.words.focus();
    }
  }
}
customElements.define("command-palette", CommandPalette);
