/* <live-events src after>: listens to the household's announcements and says each on the body as "live:<name>" and "live:any".
   Read with fetch rather than EventSource, which hides the status and gives up after a 503. */
import { eventLines } from "./event_lines.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const QUIET_AFTER = 10000; /* a hidden tab lets go of its connection, and catches up when it is seen again */

class LiveEvents extends HTMLElement {
  connectedCallback() {
    this.last = this.getAttribute("after") ?? "";
    this.wait = FIRST_WAIT;
    this.leave = new AbortController();
    document.addEventListener("visibilitychange", () => this.seen(), { signal: this.leave.signal });
    addEventListener("online", () => this.start(), { signal: this.leave.signal });
    addEventListener("pagehide", () => this.stop(), { signal: this.leave.signal });
    addEventListener("pageshow", (event) => event.persisted && this.start(), { signal: this.leave.signal });
    this.start();
  }

  disconnectedCallback() {
    this.stop();
    this.leave.abort();
  }

  seen() {
    clearTimeout(this.hiding);
    if (document.hidden) this.hiding = setTimeout(() => this.stop(), QUIET_AFTER);
    else this.start();
  }

  start() {
    if (this.ended || this.line) return;
    clearTimeout(this.again);
    const line = (this.line = new AbortController());
    this.listen(line)
      .catch(() => {})
      .finally(() => this.retry(line));
  }

  stop() {
    clearTimeout(this.again);
    this.line?.abort();
    this.line = null;
  }

  /* Only a line that broke by itself is taken up again; one that was put down waits to be wanted */
  retry(line) {
    if (this.ended || this.line !== line) return;
    this.stop();
    this.again = setTimeout(() => this.start(), this.wait * (0.5 + Math.random()));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  async listen(line) {
    const address = new URL(this.getAttribute("src"), location.href);
    if (this.last) address.searchParams.set("after", this.last);
    const headers = { Accept: "text/event-stream", ...(this.last && { "Last-Event-ID": this.last }) };
    const answer = await fetch(address, { headers, signal: line.signal, cache: "no-store", redirect: "manual" });
    if ([204, 401, 403].includes(answer.status) || answer.type === "opaqueredirect") return this.end();
    if (!answer.ok) {
      this.wait = Math.max(this.wait, 1000 * (Number(answer.headers.get("Retry-After")) || 0));
      throw new Error(answer.status);
    }
    this.wait = FIRST_WAIT;
    for await (const said of eventLines(answer)) this.say(said);
  }

  say(said) {
    if (said.id) this.last = said.id;
    if (said.event === "events.ended") return this.end();
    const told = /^(job|notices)\./.test(said.event) ? [said.event] : [said.event, "any"]; /* neither changes anything in the books */
    const names = said.event === "events.gap" ? this.wanted() : said.event ? told : [];
    for (const name of names) document.body.dispatchEvent(new CustomEvent(`live:${name}`, { detail: { id: said.id, data: said.data } }));
  }

  /* Every name the page listens to: after a gap each region asks again */
  wanted() {
    const triggers = [...document.querySelectorAll('[hx-trigger*="live:"]')].map((each) => each.getAttribute("hx-trigger"));
    return new Set(triggers.join().match(/(?<=live:)[\w.-]+/g));
  }

  end() {
    this.ended = true;
    this.stop();
    this.querySelector("[hidden]")?.removeAttribute("hidden");
    document.body.dispatchEvent(new CustomEvent("live:ended"));
  }
}
customElements.define("live-events", LiveEvents);
