/* <row-accept>: the button of a row that accepts the category suggested there is sent by htmx, and the row is drawn anew. Its own button
   does that for the row one stands on, which may have been filed by itself. */
class RowAccept extends HTMLElement {
  connectedCallback() {
    this.leave = new AbortController();
    document.addEventListener("click", (event) => this.press(event), { signal: this.leave.signal });
  }

  disconnectedCallback() {
    this.leave.abort();
  }

  press(event) {
    const button = event.target.closest(".ledger__accept");
    const row = this.contains(button) ? this.closest("row-keys").row : button?.closest("[data-row]");
    if (!row?.querySelector(".pill--guess, .pill--learned") || row.dataset.sent) return;
    event.preventDefault();
    row.dataset.sent = "1";
    const seen = row.querySelector(".pill--guess")?.textContent.replace(/\?$/, "") ?? "";
    const address = `${this.dataset.here}${row.id.slice(2)}/accept/`;
    window.htmx.ajax("POST", address, { values: { seen }, target: `#${row.id}`, swap: "outerHTML", source: row }).finally(() => delete row.dataset.sent);
  }
}
customElements.define("row-accept", RowAccept);
