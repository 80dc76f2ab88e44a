/* <password-reveal>: a button at the end of a password field shows what is written. */
class PasswordReveal extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    const button = this.querySelector("button");
    if (!field || !button) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
      const drawing = button.querySelector("use");
      drawing?.setAttribute("href", drawing.getAttribute("href").replace(/#.*/, shown ? "#eye" : "#eye-off"));
      field.focus();
    });
    field.form?.addEventListener("submit", () => (field.type = "password"));
  }
}
customElements.define("password-reveal", PasswordReveal);
