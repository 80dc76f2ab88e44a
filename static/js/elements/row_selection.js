/* <row-selection>: what is ticked in a list, by single boxes, by days, by Shift from one to another, or all that match but for those
   unticked again. What is sent are the ids in one field; how many they are and what they come to says the server. */
class RowSelection extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.wide = this.querySelector("[data-every]");
    this.leave = new AbortController();
    const options = { signal: this.leave.signal };
    document.addEventListener("click", (event) => this.click(event), options);
    document.addEventListener("change", (event) => this.change(event), options);
    document.body.addEventListener("selection:clear", () => this.tickAll(false), options);
    for (const name of ["htmx:afterSettle", "rows:fresh"]) document.addEventListener(name, () => this.grown(), options);
    this.form.addEventListener("formdata", ({ formData }) => this.write(formData));
    this.wide.addEventListener("click", () => this.takeEvery());
    this.querySelector("[data-clear]").addEventListener("click", () => this.tickAll(false));
    this.every = false;
    this.spared = new Set();
    this.tell();
  }

  disconnectedCallback() {
    this.leave.abort();
  }

  get boxes() {
    return [...document.querySelectorAll("#rows [name=pick]")];
  }

  click(event) {
    const box = event.target.closest?.("#rows [name=pick]");
    if (!box) return;
    if (event.shiftKey && this.last?.isConnected) {
      const boxes = this.boxes;
      const [from, to] = [boxes.indexOf(this.last), boxes.indexOf(box)].sort((one, other) => one - other);
      boxes.slice(from, to + 1).forEach((each) => this.tick(each, box.checked));
    }
    this.last = box;
  }

  change({ target }) {
    if (target.matches("[data-whole-day]")) {
      target.closest("tbody").querySelectorAll("[name=pick]").forEach((box) => this.tick(box, target.checked));
    } else if (target.matches("#rows [name=pick]")) this.tick(target, target.checked);
    else return;
    this.tell();
  }

  tick(box, checked) {
    box.checked = checked;
    if (this.every) this.spared[checked ? "delete" : "add"](box.value);
  }

  tickAll(checked) {
    this.every = checked;
    this.spared.clear();
    this.boxes.forEach((box) => (box.checked = checked));
    this.tell();
  }

  takeEvery() {
    this.tickAll(true);
  }

  /* Rows came or went: of all that match, those are picked too */
  grown() {
    if (this.every) this.boxes.forEach((box) => (box.checked = !this.spared.has(box.value)));
    if (this.said !== this.sum()) this.tell();
  }

  sum() {
    return `${this.every}${[...this.spared]}${this.boxes.filter((box) => box.checked).map((box) => box.value)}`;
  }

  tell() {
    const picked = this.boxes.filter((box) => box.checked);
    this.said = this.sum();
    this.querySelector(".selection").hidden = !picked.length && !this.every;
    this.wide.textContent = document.getElementById("tally")?.dataset.every ?? "";
    const all = picked.length === this.boxes.length && !document.getElementById("earlier");
    this.wide.hidden = this.every || all || !this.wide.textContent;
    document.querySelectorAll("#rows [data-whole-day]").forEach((box) => {
      const boxes = [...box.closest("tbody").querySelectorAll("[name=pick]")];
      box.checked = boxes.every((each) => each.checked);
      box.indeterminate = !box.checked && boxes.some((each) => each.checked);
    });
    if (picked.length || this.every) window.htmx.trigger(this.querySelector(".selection__what"), "selection");
  }

  write(formData) {
    const picked = formData.getAll("pick").join(",");
    formData.delete("pick");
    if (this.every) formData.set("every", "1");
    else formData.set("pick", picked);
    if (this.every && this.spared.size) formData.set("spared", [...this.spared].join(","));
  }
}
customElements.define("row-selection", RowSelection);
