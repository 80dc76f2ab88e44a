/* What is typed while a form is still on its way goes into its first field once it is there: letters, and Enter. */
export class TypedAhead {
  constructor() {
    this.keys = null;
    document.addEventListener("keydown", (event) => this.keep(event), true);
    for (const name of ["responseError", "sendError", "timeout"]) document.addEventListener(`htmx:${name}`, () => this.forget());
  }

  begin() {
    this.keys ??= [];
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.forget(), 10000);
  }

  /* No form will come: keys are keys again */
  forget() {
    this.keys = null;
  }

  keep(event) {
    if (!this.keys || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key.length !== 1 && event.key !== "Enter") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) this.keys.push(event.key);
  }

  end() {
    const [field, keys] = [document.activeElement, this.keys ?? []];
    this.keys = null;
    if (field.matches("input, textarea")) keys.forEach((key) => (key === "Enter" ? this.enter(field) : this.write(field, key)));
  }

  write(field, key) {
    field.setRangeText(key, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  enter(field) {
    const press = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
    if (field.dispatchEvent(press)) field.form?.requestSubmit();
  }
}
