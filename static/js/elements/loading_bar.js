/* <loading-bar>: a quiet bar for a request that takes longer than 150 ms. */
const PATIENCE = 150;

class LoadingBar extends HTMLElement {
  connectedCallback() {
    this.going = 0;
    document.addEventListener("htmx:beforeSend", () => this.begin());
    document.addEventListener("htmx:afterRequest", () => this.end());
  }

  begin() {
    this.going += 1;
    this.soon ??= setTimeout(() => (this.hidden = false), PATIENCE);
  }

  end() {
    this.going = Math.max(0, this.going - 1);
    if (this.going) return;
    clearTimeout(this.soon);
    this.soon = undefined;
    this.hidden = true;
  }
}
customElements.define("loading-bar", LoadingBar);
