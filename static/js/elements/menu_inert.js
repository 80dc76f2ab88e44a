/* <menu-inert>: on a phone a menu is a sheet over the page, and the page behind it is inert while it is open. */
const phone = matchMedia("(max-width: 47.99rem)");

class MenuInert extends HTMLElement {
  connectedCallback() {
    document.addEventListener("toggle", (event) => event.target.matches?.(".menu[popover]") && this.turn(event), true);
  }

  turn({ target: menu, newState }) {
    if (newState !== "open" && document.querySelector(".menu:popover-open")) return;
    document.querySelectorAll("[data-behind]").forEach((part) => {
      part.inert = false;
      delete part.dataset.behind;
    });
    if (newState !== "open" || !phone.matches) return;
    for (let part = menu; part !== document.body; part = part.parentElement) {
      for (const other of part.parentElement.children) {
        if (other === part || other.inert || other.matches("script, toast-stack, dialog")) continue;
        other.inert = true;
        other.dataset.behind = "";
      }
    }
  }
}
customElements.define("menu-inert", MenuInert);
