/* <file-drop>: files dropped anywhere on the page, or pasted, go into its file field, and its form is sent at once. What is larger
   than one upload carries is not sent: it says so. Without JavaScript it is a form with a file field and a button. */
class FileDrop extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector('input[type="file"]');
    this.form = this.field.form;
    this.leave = new AbortController();
    const options = { signal: this.leave.signal };
    for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => this.over(event), options);
    document.addEventListener("dragleave", (event) => !event.relatedTarget && this.classList.remove("is-over"), options);
    document.addEventListener("drop", (event) => this.bring(event, event.dataTransfer.files), options);
    document.addEventListener("paste", (event) => this.bring(event, event.clipboardData.files), options);
    this.field.addEventListener("change", () => this.look(), options);
    this.form.addEventListener("submit", (event) => this.send(event), options);
    /* Back by the browser's own button: what was sent is not sent still */
    window.addEventListener("pageshow", () => this.tell(false), options);
  }

  disconnectedCallback() {
    this.leave.abort();
  }

  over(event) {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    this.classList.add("is-over");
  }

  bring(event, files) {
    if (!files.length) return;
    event.preventDefault();
    this.classList.remove("is-over");
    const kept = new DataTransfer();
    for (const file of files) kept.items.add(file);
    this.field.files = kept.files;
    if (this.look()) this.form.requestSubmit();
  }

  /* Whether it is small enough to be sent */
  look() {
    const size = [...this.field.files].reduce((sum, file) => sum + file.size, 0);
    const alert = this.querySelector("[role=alert].field__error");
    alert.hidden = size <= Number(this.field.dataset.most);
    alert.textContent = alert.hidden ? "" : this.dataset.mostWords;
    return alert.hidden;
  }

  send(event) {
    if (!this.look()) return event.preventDefault();
    this.tell(true);
  }

  tell(sending) {
    this.querySelector(".drop__sending").hidden = !sending;
    this.form.toggleAttribute("aria-busy", sending);
  }
}
customElements.define("file-drop", FileDrop);
