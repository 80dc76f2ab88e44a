/* <tag-picks data-for="id">: buttons with known tags, which put their word into a box of words apart by commas, or take it out. */
class TagPicks extends HTMLElement {
  connectedCallback() {
    this.box = document.getElementById(this.dataset.for);
    if (!this.box) return;
    this.hidden = false;
    this.addEventListener("click", ({ target }) => target.matches("button") && this.turn(target.textContent));
    this.box.addEventListener("input", () => this.show());
    this.show();
  }

  words() {
    return this.box.value
      .split(",")
      .map((word) => word.trim().replace(/^#/, ""))
      .filter(Boolean);
  }

  turn(word) {
    const words = this.words();
    const rest = words.filter((one) => one.toLowerCase() !== word.toLowerCase());
    this.box.value = (rest.length < words.length ? rest : [...words, word]).join(", ");
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  show() {
    const words = this.words().map((word) => word.toLowerCase());
    for (const button of this.querySelectorAll("button")) {
      const on = words.includes(button.textContent.toLowerCase());
      button.setAttribute("aria-pressed", String(on));
      button.classList.toggle("chip--on", on);
    }
  }
}
customElements.define("tag-picks", TagPicks);
