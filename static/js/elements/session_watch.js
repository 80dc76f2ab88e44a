/* <session-watch src left warn>: warns before a session that was left alone is logged out, and stays when somebody is there.
   The server counts; this only asks it, so that another tab in use keeps this one too. */
const GRAIN = 5000;

class SessionWatch extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.warn = Number(this.getAttribute("warn"));
    this.note = () => (this.touched = true);
    for (const name of ["keydown", "pointerdown"]) addEventListener(name, this.note, { passive: true });
    this.querySelector("[data-stay]").addEventListener("click", () => this.ask("POST"));
    this.dialog.addEventListener("cancel", () => this.ask("POST"));
    document.addEventListener("visibilitychange", () => document.hidden || this.ask());
    this.plan(Number(this.getAttribute("left")));
  }

  disconnectedCallback() {
    for (const name of ["keydown", "pointerdown"]) removeEventListener(name, this.note);
    clearTimeout(this.soon);
    clearInterval(this.counting);
  }

  plan(left) {
    clearTimeout(this.soon);
    if (left > this.warn) {
      this.quiet();
      this.soon = setTimeout(() => this.ask(), (left - this.warn) * 1000 + GRAIN);
    } else this.count(left);
  }

  async ask(method = this.touched ? "POST" : "GET") {
    this.touched = false;
    const headers = { Accept: "application/json", ...JSON.parse(document.body.getAttribute("hx-headers")) };
    const answer = await fetch(this.getAttribute("src"), { method, headers, cache: "no-store" }).catch(() => null);
    if (!answer || answer.status >= 500) return (this.soon = setTimeout(() => this.ask(method), GRAIN * 2));
    if (!answer.ok || answer.redirected) return this.leave();
    const { left } = await answer.json();
    if (left === null) return this.quiet();
    if (left <= 0) return this.leave();
    this.plan(left);
  }

  count(left) {
    const ends = Date.now() + left * 1000;
    const words = this.querySelector("[data-left]");
    const tell = () => {
      const seconds = Math.max(0, Math.round((ends - Date.now()) / 1000));
      words.textContent = seconds;
      if (seconds === 0) this.ask("GET");
    };
    clearInterval(this.counting);
    this.counting = setInterval(tell, 1000);
    tell();
    if (this.dialog.open) return;
    this.dialog.showModal();
    this.touched = false;
  }

  quiet() {
    clearInterval(this.counting);
    if (this.dialog.open) this.dialog.close();
  }

  leave() {
    clearInterval(this.counting);
    location.reload();
  }
}
customElements.define("session-watch", SessionWatch);
