/* <copy-button>: copies the text of its <code>; the button shows itself only where copying works. */
class CopyButton extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const words = button?.querySelector("span");
    if (!button || !navigator.clipboard) return;
    button.hidden = false;
    const before = words.textContent;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.querySelector("code").textContent.trim());
      words.textContent = button.dataset.done;
      setTimeout(() => (words.textContent = before), 2000);
    });
  }
}
customElements.define("copy-button", CopyButton);
