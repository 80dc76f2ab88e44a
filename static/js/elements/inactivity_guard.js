/* <inactivity-guard left="1740" warn="60" src="/session/" away="/auth/login/?…">: warns before the server logs out, counting down.
   The server knows how long is left; the tabs tell each other, and ask it before they warn and before they leave. */
const GRAIN = 60_000;
const SIGNS = ["pointerdown", "keydown", "wheel", "touchmove"];

class InactivityGuard extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.count = this.querySelector("[data-count]");
    this.warn = Number(this.getAttribute("warn"));
    this.told = Date.now();
    this.channel = new BroadcastChannel("inactivity");
    this.channel.addEventListener("message", ({ data }) => (data.away ? this.leave() : this.until(data.ends)));
    for (const sign of SIGNS) document.addEventListener(sign, this, { passive: true, capture: true });
    document.addEventListener("visibilitychange", this);
    this.dialog.addEventListener("cancel", (event) => (event.preventDefault(), this.stay()));
    this.querySelector("[data-stay]").addEventListener("click", () => this.stay());
    this.share(Number(this.getAttribute("left")));
    this.clock = setInterval(() => this.tick(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.clock);
    this.channel.close();
    for (const sign of SIGNS) document.removeEventListener(sign, this, { capture: true });
    document.removeEventListener("visibilitychange", this);
  }

  /* Somebody is here: the server is told, at most once a minute. While the warning shows only its button counts */
  handleEvent(event) {
    if (event.type === "visibilitychange") return this.tick();
    if (this.dialog.open || Date.now() - this.told < GRAIN) return;
    this.told = Date.now();
    this.ask("POST");
  }

  get left() {
    return Math.ceil((this.ends - Date.now()) / 1000);
  }

  until(ends) {
    this.ends = ends;
    if (this.left > this.warn && this.dialog.open) this.dialog.close();
  }

  share(left) {
    this.until(Date.now() + left * 1000);
    this.channel.postMessage({ ends: this.ends });
  }

  async tick() {
    if (this.asking || this.left > this.warn) return;
    if (this.left <= 0 || !this.dialog.open) {
      await this.ask("GET");
      if (this.left > this.warn || !this.isConnected) return;
      if (this.left > 0 && !this.dialog.open) this.dialog.showModal();
    }
    const left = Math.max(0, this.left);
    this.count.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }

  stay() {
    this.told = Date.now();
    return this.ask("POST");
  }

  async ask(method) {
    this.asking = true;
    try {
      const headers = { Accept: "application/json", ...JSON.parse(document.body.getAttribute("hx-headers")) };
      const answer = await fetch(this.getAttribute("src"), { method, headers, redirect: "manual", cache: "no-store" });
      if (answer.status === 401 || answer.type === "opaqueredirect") return this.leave(true);
      if (!answer.ok) return;
      const { left } = await answer.json();
      this.share(left ?? 86_400);
    } catch {
      /* Offline: the server decides when it is back */
    } finally {
      this.asking = false;
    }
  }

  leave(first = false) {
    if (first) this.channel.postMessage({ away: true });
    this.remove();
    location.assign(this.getAttribute("away"));
  }
}
customElements.define("inactivity-guard", InactivityGuard);
