/* <paper-drop>: files can be dropped on it, or pasted while it is on the page. They go into its file field; with `sends` they are sent
   at once, one after the other, with a bar that fills. What is too large is not sent at all: its template says so. */
class PaperDrop extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector('input[type="file"]');
    if (!this.field) return;
    this.form = this.field.form;
    this.sends = this.hasAttribute("sends");
    this.queue = [];
    for (const name of ["dragenter", "dragover"]) this.addEventListener(name, (event) => this.over(event));
    for (const name of ["dragleave", "drop"]) this.addEventListener(name, () => this.classList.remove("is-over"));
    this.addEventListener("drop", (event) => this.bring(event, event.dataTransfer.files));
    this.paste = (event) => event.clipboardData?.files.length && this.bring(event, event.clipboardData.files);
    document.addEventListener("paste", this.paste);
    if (!this.sends) return;
    this.querySelector("form .button").hidden = true;
    this.field.addEventListener("change", () => !this.sending && this.add([...this.field.files]));
    this.form.addEventListener("htmx:xhr:progress", ({ detail }) => detail.lengthComputable && (this.bar.value = (100 * detail.loaded) / detail.total));
    this.form.addEventListener("htmx:afterRequest", (event) => event.target === this.form && this.sent());
  }

  disconnectedCallback() {
    document.removeEventListener("paste", this.paste);
  }

  get bar() {
    return this.querySelector("progress");
  }

  over(event) {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    this.classList.add("is-over");
  }

  bring(event, files) {
    event.preventDefault();
    if (this.sends) return this.add([...files]);
    this.put([...this.field.files, ...files]);
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  put(files) {
    const kept = new DataTransfer();
    for (const file of files) kept.items.add(file);
    this.field.files = kept.files;
  }

  add(files) {
    if (!this.sending) this.querySelector("[role=alert]").replaceChildren();
    const most = Number(this.field.dataset.most);
    for (const file of files) file.size > most ? this.refuse(file) : this.queue.push(file);
    if (!this.sending) this.next();
  }

  refuse(file) {
    const words = this.querySelector("template").content.cloneNode(true);
    words.querySelector("b").textContent = file.name;
    this.querySelector("[role=alert]").append(words);
  }

  next() {
    const file = this.queue.shift();
    this.sending = Boolean(file);
    this.bar.hidden = !file;
    this.bar.value = 0;
    this.put(file ? [file] : []);
    if (file) this.form.requestSubmit();
  }

  sent() {
    setTimeout(() => this.next());
  }
}
customElements.define("paper-drop", PaperDrop);
