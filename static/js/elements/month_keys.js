/* <month-keys>: the picker turns its years in place, and takes several months before it shows them; the arrows walk its months. "0" and the steps are keys like others (data-key). */
class MonthKeys extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const link = event.target.closest("[data-turn]");
      if (!link || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.turn(link);
    });
    this.addEventListener("keydown", (event) => this.walk(event));
    this.querySelector("[popover]")?.addEventListener("toggle", (event) => {
      if (event.newState === "open") (this.querySelector("[aria-current]") ?? this.querySelector(".months__month[href]"))?.focus();
    });
  }

  async turn(link) {
    const name = link.textContent.trim() || link.ariaLabel;
    const answer = await fetch(link.href).catch(() => null);
    if (!answer?.ok) return location.assign(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const months = page.querySelector("#months");
    if (!months) return location.assign(link.href);
    this.querySelector("#months").replaceChildren(...months.children);
    const links = [...this.querySelectorAll("#months a[href]")];
    (links.find((each) => (each.textContent.trim() || each.ariaLabel) === name) ?? links[0])?.focus();
  }

  walk(event) {
    const months = [...this.querySelectorAll(".months__month[href]")];
    const here = months.indexOf(document.activeElement);
    if (here < 0) return;
    const along = this.matches(":dir(rtl)") ? -1 : 1;
    const step = { ArrowRight: along, ArrowLeft: -along, ArrowDown: 3, ArrowUp: -3 }[event.key];
    if (!step) return;
    event.preventDefault();
    months[Math.max(0, Math.min(months.length - 1, here + step))].focus();
  }
}
customElements.define("month-keys", MonthKeys);
