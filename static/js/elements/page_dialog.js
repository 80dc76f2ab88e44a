/* <page-dialog>: a link with data-dialog opens its page in the frame's one dialog. Without JavaScript it stays a link.
   A form in the dialog is sent by htmx; an answer that leads elsewhere is followed, and "dialog:close" closes. */
class PageDialog extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    document.addEventListener("click", (event) => this.ask(event), true);
    document.body.addEventListener("dialog:close", () => this.dialog.close());
    document.addEventListener("htmx:afterSettle", (event) => event.detail.target === this.dialog && this.show());
    this.dialog.addEventListener("click", (event) => {
      const button = event.target.closest("[data-close]");
      if (button) event.preventDefault();
      /* The veil is easily hit by mistake: what was written is not thrown away by that */
      if (button || (event.target === this.dialog && !this.touched)) this.dialog.close();
    });
    this.dialog.addEventListener("input", () => (this.touched = true));
    this.dialog.addEventListener("close", () => {
      this.dialog.replaceChildren();
      this.dialog.className = "dialog";
      this.opener?.isConnected && this.opener.focus();
    });
  }

  ask(event) {
    const link = event.target.closest("[data-dialog]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.dialog.contains(link)) this.opener = link;
    document.querySelectorAll(":popover-open").forEach((menu) => menu.hidePopover());
    this.wide = link.dataset.dialog;
    window.htmx.ajax("GET", link.getAttribute("hx-get") ?? link.href, { source: this.dialog, target: this.dialog, swap: "innerHTML" });
  }

  show() {
    if (!this.dialog.children.length) return this.dialog.close();
    if (!this.dialog.open) {
      if (this.wide) this.dialog.classList.add(`dialog--${this.wide}`);
      this.touched = false;
      this.dialog.showModal();
    }
    for (const form of this.dialog.querySelectorAll('form[method="post"]:not([hx-post])')) {
      form.setAttribute("hx-post", form.getAttribute("action") || this.address());
      form.setAttribute("hx-target", "#dialog");
      form.setAttribute("hx-swap", "innerHTML");
      form.setAttribute("hx-disabled-elt", "find button:not([type=button])");
      if (form.enctype === "multipart/form-data") form.setAttribute("hx-encoding", form.enctype);
      window.htmx.process(form);
    }
    const first = ':is(input:not([type="hidden"]), select, textarea):not([disabled], [readonly]), .formfoot .button';
    (this.dialog.querySelector("[autofocus]") ?? this.dialog.querySelector(first))?.focus();
  }

  address() {
    return this.opener?.getAttribute("hx-get") ?? this.opener?.href ?? location.href;
  }
}
customElements.define("page-dialog", PageDialog);
