/* <pick-list>: a box to type into and a list to choose from, an ARIA combobox. Typing leaves what fits, and asks the server for more where
   the box has hx-get; the arrows move, Enter takes. With data-many options are ticked (an option may hold no box), and more are added. */
import { best, nameOf, narrow, plain } from "./fitting.js";

class PickList extends HTMLElement {
  connectedCallback() {
    this.box = this.querySelector("[role=combobox]");
    this.list = this.querySelector("[role=listbox]");
    this.made = this.querySelector("[data-make]");
    this.many = this.hasAttribute("data-many");
    if (this.many) this.box.removeAttribute("name"); /* what is only looked for is no new one */
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("htmx:afterRequest", () => this.brought());
    this.addEventListener("keydown", (event) => this.steer(event));
    this.addEventListener("change", ({ target }) => target.closest("[role=option]")?.setAttribute("aria-selected", target.checked));
    this.number();
    this.point(this.many ? null : (this.list.querySelector("[aria-selected=true]") ?? this.shown()[0]));
  }

  number() {
    this.list.querySelectorAll("[role=option]").forEach((option, index) => {
      option.id = `${this.list.id}-option-${index}`;
      this.many ? (option.querySelector("input").hidden = true) : (option.tabIndex = -1);
    });
  }

  shown() {
    return [...this.list.querySelectorAll("[role=option]:not([hidden])")].filter((option) => !option.closest("[role=group][hidden]"));
  }

  typed() {
    this.asking = this.box.hasAttribute("hx-get");
    this.moved = true;
    this.leave();
  }

  brought() {
    this.asking = false;
    this.number();
    this.leave();
    if (this.eager) this.take();
  }

  leave() {
    const said = plain(this.box.value);
    const left = narrow(this.list, said);
    if (this.made) {
      this.made.hidden = !said || left.some((option) => nameOf(option) === said);
      this.made.querySelector("[data-name]").textContent = this.box.value.trim();
    }
    this.point(said ? (best(left, said) ?? this.shown()[0]) : this.many ? null : this.shown()[0]);
  }

  point(option) {
    this.here?.classList.remove("menu__item--here");
    this.here = option;
    option?.classList.add("menu__item--here");
    const [at, room] = [option, this.list].map((part) => part?.getBoundingClientRect()); /* the page stays where it is */
    if (at) this.list.scrollTop += Math.min(0, at.top - room.top) + Math.max(0, at.bottom - room.bottom);
    option ? this.box.setAttribute("aria-activedescendant", option.id) : this.box.removeAttribute("aria-activedescendant");
  }

  steer(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const takes = event.key === "Enter" ? event.target === this.box : event.key === "Tab" && this.moved && !this.many;
    if (step) this.move(step);
    else if (takes && this.here && !event.isComposing) this.take();
    else return;
    event.preventDefault();
  }

  move(step) {
    const shown = this.shown();
    const at = this.here ? shown.indexOf(this.here) : step < 0 ? 0 : -1;
    this.point(shown[(at + step + shown.length) % shown.length]);
    this.moved = true;
  }

  /* While the server is asked, the first of its answer is taken once it is there */
  take() {
    this.eager = this.asking;
    if (this.asking || !this.here) return;
    const option = this.many && this.here === this.made ? this.add() : this.here;
    (option.querySelector("label") ?? option).click();
    if (!this.many) return;
    this.box.value = "";
    this.leave();
  }

  add() {
    const option = this.made.cloneNode(true);
    option.removeAttribute("data-make");
    option.querySelector("span").replaceChildren(option.querySelector("[data-name]"));
    Object.assign(option.querySelector("input"), { disabled: false, value: this.box.value.trim() });
    this.list.prepend(option);
    this.number();
    return option;
  }
}
customElements.define("pick-list", PickList);
