/* <print-button>: prints the page; without scripts it stays hidden, and the browser has a menu for it. */
class PrintButton extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener("click", () => print());
  }
}
customElements.define("print-button", PrintButton);
