/* <day-input>: a button at the end of a text box for a day opens the browser's own calendar; what is chosen there is
   written into the box in the household's order, which the server gives as data-pattern ("dd/mm/yyyy"). */
const PARTS = /yyyy|mm|dd|m|d/g;

class DayInput extends HTMLElement {
  connectedCallback() {
    const [text, calendar] = this.querySelectorAll("input");
    const button = this.querySelector("button");
    if (!text || !calendar || !button || !("showPicker" in calendar) || !button.hidden) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      calendar.value = this.chosen(text.value);
      try {
        calendar.showPicker();
      } catch {
        text.focus();
      }
    });
    calendar.addEventListener("change", () => {
      if (!calendar.value) return;
      text.value = this.written(calendar.value);
      for (const name of ["input", "change"]) text.dispatchEvent(new Event(name, { bubbles: true }));
      text.focus();
    });
  }

  written(iso) {
    const [yyyy, mm, dd] = iso.split("-");
    const parts = { yyyy, mm, dd, m: String(Number(mm)), d: String(Number(dd)) };
    return this.dataset.pattern.replace(PARTS, (part) => parts[part]);
  }

  /* The day in the box as ISO writes it, where it stands there in figures; the calendar opens on today otherwise. */
  chosen(text) {
    const order = this.dataset.pattern.match(PARTS);
    const figures = text.trim().match(/^(\d+)\D+(\d+)\D+(\d+)\D*$/);
    if (!order || !figures) return "";
    const at = (letter) => figures[1 + order.findIndex((part) => part[0] === letter)];
    return figures[1].length === 4
      ? `${figures[1]}-${figures[2].padStart(2, "0")}-${figures[3].padStart(2, "0")}`
      : `${at("y")}-${at("m").padStart(2, "0")}-${at("d").padStart(2, "0")}`;
  }
}
customElements.define("day-input", DayInput);
