/* <theme-preview>: the page takes the look of the chosen radio (named theme or density) at once; saving is the form's business. */
class ThemePreview extends HTMLElement {
  connectedCallback() {
    const root = document.documentElement;
    this.before = { theme: root.dataset.theme, density: root.dataset.density };
    this.addEventListener("change", ({ target }) => this.show(target));
    this.closest("form")?.addEventListener("reset", () => this.restore());
    /* Whoever was quicker than this script has chosen already */
    this.querySelectorAll("input:checked:not([checked])").forEach((radio) => this.show(radio));
  }

  show({ name, value }) {
    const look = document.documentElement.dataset;
    if (name !== "theme" && name !== "density") return;
    if (value && value !== "system") look[name] = value;
    else delete look[name];
  }

  restore() {
    for (const [name, value] of Object.entries(this.before)) {
      if (value) document.documentElement.dataset[name] = value;
      else delete document.documentElement.dataset[name];
    }
  }
}
customElements.define("theme-preview", ThemePreview);
