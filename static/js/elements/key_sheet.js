/* <key-sheet>: "?" shows the keys that work on this page, gathered from its data-key attributes. */
const NAMES = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", " ": "Space" };

class KeySheet extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
      if (event.key !== "?" || typing || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      this.open();
    });
    document.addEventListener("click", (event) => event.target.closest("[data-open-keys]") && this.open());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog || event.target.closest("[data-close]")) this.dialog.close();
    });
  }

  open() {
    document.querySelectorAll(":popover-open").forEach((menu) => menu.hidePopover());
    const known = new Map();
    document
      .querySelectorAll("[data-key]")
      .forEach((one) => known.set(one.dataset.key, one.dataset.keyLabel || one.getAttribute("aria-label") || one.textContent.trim()));
    this.fill(
      "go",
      [...known].filter(([key]) => key.startsWith("g ")),
    );
    this.fill(
      "here",
      [...known].filter(([key]) => !key.startsWith("g ")),
    );
    this.dialog.showModal();
  }

  fill(name, keys) {
    const list = this.querySelector(`[data-keys="${name}"]`);
    const rows = new Map();
    for (const [key, label] of keys) rows.set(label, [...(rows.get(label) ?? []), key]);
    list.replaceChildren(...[...rows].map(([label, ways]) => this.row(label, ways)));
    list.closest("section").hidden = !keys.length;
  }

  /* Two keys that do the same stand on one line */
  row(label, ways) {
    const row = document.createElement("li");
    const chord = document.createElement("span");
    chord.className = "keys__chord";
    ways.forEach((key, index) => {
      if (index) chord.append(this.dataset.or);
      chord.append(...(key === " " ? [key] : key.split(" ")).map((part) => this.cap(part)));
    });
    row.append(label, chord);
    return row;
  }

  cap(part) {
    const cap = document.createElement("kbd");
    cap.className = "kbd";
    cap.textContent = NAMES[part] ?? part;
    return cap;
  }
}
customElements.define("key-sheet", KeySheet);
