/* <find-select>: a select whose options can be searched. Scripts put a button in its place that opens a <pick-list> of the same options;
   the select stays, hidden, and holds the value. Colours stand on the options as data-hue. */
const make = (name, values = {}, children = []) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(values)) value !== null && made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const dot = (option) => (option?.dataset.hue ? [make("span", { class: `dot hue-${option.dataset.hue}` })] : []);
let count = 0;

class FindSelect extends HTMLElement {
  connectedCallback() {
    this.select = this.querySelector("select");
    if (!this.select || this.button || !("popover" in this)) return;
    this.name = `find-${(count += 1)}`;
    this.label = this.select.getAttribute("aria-label");
    this.button = this.opener();
    this.panel = this.menu();
    this.append(this.button, this.panel);
    const here = document.activeElement === this.select;
    this.select.hidden = true;
    if (here) this.button.focus();
    this.button.popoverTargetElement = this.panel;
    this.button.addEventListener("keydown", (event) => this.type(event));
    this.panel.addEventListener("toggle", (event) => this.toggled(event.newState === "open"));
    this.select.addEventListener("change", () => this.show());
    this.show();
  }

  /* The button takes what made the select reachable: its id for the label, its words, its state */
  opener() {
    const button = make("button", { type: "button", class: "input pickbox", "aria-haspopup": "listbox" });
    for (const name of ["id", "aria-label", "aria-describedby", "aria-invalid", "autofocus", "disabled"]) {
      if (!this.select.hasAttribute(name)) continue;
      button.setAttribute(name, this.select.getAttribute(name));
      if (name !== "disabled") this.select.removeAttribute(name);
    }
    return button;
  }

  menu() {
    const list = make("div", { role: "listbox", id: this.name, class: "pickbox__list", "aria-label": this.dataset.find });
    for (const part of this.select.children) {
      if (part.matches("option")) list.append(this.item(part));
      else list.append(make("div", { role: "group", "aria-label": part.label }, [make("p", { class: "menu__head" }, [part.label]), ...[...part.children].map((option) => this.item(option))]));
    }
    const box = { type: "search", role: "combobox", autocomplete: "off", placeholder: this.dataset.find, "aria-label": this.dataset.find, "aria-controls": this.name, "aria-expanded": "true" };
    const head = make("div", { class: "menu__search" }, [make("input", box)]);
    const panel = make("div", { class: "menu pickbox__menu", popover: "" }, [make("pick-list", {}, [head, list])]);
    panel.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
    panel.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    for (const name of ["input", "change"]) panel.addEventListener(name, (event) => event.stopPropagation());
    return panel;
  }

  item(option) {
    const name = make("span", { "data-name": "" }, [option.textContent]);
    const chosen = String(option.selected);
    return make("div", { role: "option", class: "menu__item", "data-value": option.value, "aria-selected": chosen }, [...dot(option), name]);
  }

  show() {
    const chosen = this.select.selectedOptions[0];
    this.button.replaceChildren(...dot(chosen), make("span", {}, [chosen?.textContent ?? ""]));
    if (this.label) this.button.setAttribute("aria-label", `${this.label}: ${chosen?.textContent ?? ""}`); /* what is seen is said too */
    for (const item of this.panel.querySelectorAll("[role=option]")) item.setAttribute("aria-selected", String(item.dataset.value === chosen?.value));
  }

  toggled(open) {
    const box = this.panel.querySelector("input");
    if (open) return box.focus();
    box.value = "";
    box.dispatchEvent(new Event("input"));
    if (this.panel.contains(document.activeElement) || document.activeElement === document.body) this.button.focus();
  }

  choose(item) {
    if (!item) return;
    this.panel.hidePopover();
    if (this.select.value === item.dataset.value) return;
    this.select.value = item.dataset.value;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* A letter on the button begins the search with it */
  type(event) {
    const isLetter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isLetter && event.key !== "ArrowDown") return;
    event.preventDefault();
    this.panel.showPopover();
    const box = this.panel.querySelector("input");
    box.focus();
    box.value = isLetter ? event.key : "";
    box.dispatchEvent(new Event("input"));
  }
}
customElements.define("find-select", FindSelect);
