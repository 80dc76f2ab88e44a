/* <row-order form="id">: its rows are dragged by their handle ([data-drag]) to another place; then the form of that id is sent, whose
   hidden fields stand in the rows. Alt and an arrow key move the row that the focus is in; pages without scripts have other ways. */
class RowOrder extends HTMLElement {
  connectedCallback() {
    if (!this.form) return;
    this.addEventListener("pointerdown", (event) => this.take(event));
    this.addEventListener("keydown", (event) => this.step(event));
  }

  step(event) {
    const row = event.target.closest("li");
    if (!event.altKey || !row || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling?.nextElementSibling;
    if (event.key === "ArrowUp" ? !other : !row.nextElementSibling) return;
    const focused = document.activeElement;
    row.parentElement.insertBefore(row, other ?? null);
    focused.focus();
    this.form.requestSubmit();
  }

  get form() {
    return document.getElementById(this.getAttribute("form"));
  }

  take(event) {
    const handle = event.target.closest("[data-drag]");
    if (!handle || event.button) return;
    event.preventDefault();
    this.row = handle.closest("li");
    this.before = this.row.nextElementSibling;
    this.row.classList.add("is-dragged");
    const leave = new AbortController();
    const options = { signal: leave.signal };
    document.addEventListener("pointermove", (moved) => this.move(moved.clientY), options);
    for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, (end) => (leave.abort(), this.drop(end.type === "pointerup")), options);
    document.addEventListener("keydown", (pressed) => pressed.key === "Escape" && (leave.abort(), this.drop(false)), options);
  }

  /* Where the pointer is above the middle of a row, the dragged one goes before it */
  move(y) {
    const others = [...this.row.parentElement.children].filter((row) => row !== this.row);
    const next = others.find((row) => {
      const { top, height } = row.getBoundingClientRect();
      return y < top + height / 2;
    });
    if (next !== this.row.nextElementSibling) this.row.parentElement.insertBefore(this.row, next ?? null);
  }

  drop(isMeant) {
    this.row.classList.remove("is-dragged");
    const isMoved = this.row.nextElementSibling !== this.before;
    if (!isMeant) this.row.parentElement.insertBefore(this.row, this.before);
    else if (isMoved) this.form.requestSubmit();
  }
}
customElements.define("row-order", RowOrder);
