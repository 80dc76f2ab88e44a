/* <key-commands>: a link or button with data-key="n" or data-key="g d" is pressed by that key, or those keys one after the other. */
const PATIENCE = 1200;
const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";

class KeyCommands extends HTMLElement {
  connectedCallback() {
    this.begun = "";
    this.listener = (event) => this.press(event);
    document.addEventListener("keydown", this.listener);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listener);
  }

  press(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.target.closest?.(TYPING) || document.querySelector(":popover-open")) return;
    if (event.key.startsWith("Arrow") && event.target.closest?.("[role=radiogroup], input, [role=listbox], [tabindex='0']")) return;
    const room = document.querySelector("dialog[open]") ?? document;
    const said = this.begun ? `${this.begun} ${event.key}` : event.key;
    const targets = [...room.querySelectorAll("[data-key]")];
    const target = targets.filter((one) => one.dataset.key === said || one.dataset.key === event.key).at(-1);
    const begins = targets.some((one) => one.dataset.key.startsWith(`${event.key} `));
    this.begun = "";
    clearTimeout(this.forget);
    if (target && !(begins && target.dataset.key !== said)) {
      event.preventDefault();
      this.follow(target);
    } else if (begins) {
      this.begun = event.key;
      this.forget = setTimeout(() => (this.begun = ""), PATIENCE);
    }
  }

  follow(target) {
    if (target.matches("input, select, textarea")) target.focus();
    else target.click();
  }
}
customElements.define("key-commands", KeyCommands);
