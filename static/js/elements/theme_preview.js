/* <theme-preview>: the page takes the look of the chosen radio (named theme or density) at once; saving is the form's business. */
class ThemePreview extends HTMLElement {
  connectedCallback() {
    const root = document.documentElement;
    this.before = { theme: root.dataset.theme, density: root.dataset.density };
    this.addEventListener("change", ({ target }) => {
      if (target.name !== "theme" && target.name !== "density") return;
      if (target.value && target.value !== "system") root.dataset[target.name] = target.value;
      else delete root.dataset[target.name];
    });
    this.closest("form")?.addEventListener("reset", () => this.restore());
  }

  restore() {
    for (const [name, value] of Object.entries(this.before)) {
      if (value) document.documentElement.dataset[name] = value;
      else delete document.documentElement.dataset[name];
    }
  }
}
customElements.define("theme-preview", ThemePreview);
