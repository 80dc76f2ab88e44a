/* <live-widgets hx-get hx-swap="none">: when the books change it asks for itself; of what comes back only the parts that look
   different are put in, so that nothing jumps and whoever reads or types is left alone. A link [data-way] changes its own part. */
class LiveWidgets extends HTMLElement {
  connectedCallback() {
    this.addEventListener("htmx:afterRequest", (event) => {
      if (event.target === this && event.detail.successful) this.take(event.detail.xhr.responseText);
    });
    this.addEventListener("click", (event) => this.choose(event));
  }

  /* The choice stands in the address, so that it is there after a reload and in what is asked for later */
  choose(event) {
    const way = event.target.closest("a[data-way]");
    if (!way || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const name = way.dataset.way;
    const value = new URL(way.href).searchParams.get(name);
    const address = new URL(location);
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
    history.replaceState(history.state, "", address);
    address.searchParams.set("widget", way.closest("[data-widget]").dataset.widget);
    this.ask(way.closest("[data-widget]"), address.pathname + address.search, way.id);
  }

  async ask(part, address, focus) {
    await window.htmx.ajax("GET", address, { source: part, target: part, swap: "outerHTML" });
    if (focus) document.getElementById(focus)?.focus();
  }

  take(markup) {
    const fresh = new DOMParser().parseFromString(markup, "text/html").body;
    const head = [...fresh.children].filter((part) => part.dataset.widget);
    this.fill(this, head, (part) => !part.matches(".sheets"));
    const sheets = this.querySelector(":scope > .sheets");
    const wanted = fresh.querySelector(".sheets");
    sheets.className = wanted.className;
    this.fill(sheets, [...wanted.children], () => true);
  }

  /* The parts in their new order: old ones where nothing changed, new ones for the others */
  fill(place, parts, mine) {
    const old = new Map([...place.children].filter(mine).map((part) => [part.dataset.widget, part]));
    let before = null;
    for (const part of parts) {
      const known = old.get(part.dataset.widget);
      old.delete(part.dataset.widget);
      const stays = known && (known.dataset.as === part.dataset.as || part.matches("[data-waits]"));
      const now = stays ? known : part;
      if (!stays && known) this.replace(known, part);
      else if ((before ? before.nextElementSibling : place.firstElementChild) !== now) before ? before.after(now) : place.prepend(now);
      if (!stays) window.htmx.process(now);
      else if (part.matches("[data-waits]")) this.ask(now, part.getAttribute("hx-get"));
      before = now;
    }
    old.forEach((part) => part.remove());
  }

  /* What was open stays open, and the focus comes back to what it stood on */
  replace(old, part) {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const links = "a, button, summary";
    const index = focused ? [...old.querySelectorAll(links)].indexOf(focused) : -1;
    const open = [...old.querySelectorAll("details")].map((each) => each.open);
    old.replaceWith(part);
    part.querySelectorAll("details").forEach((each, i) => (each.open = open[i] ?? each.open));
    if (!focused) return;
    const href = focused.getAttribute("href");
    const same = href && [...part.querySelectorAll("a")].find((each) => each.getAttribute("href") === href);
    (same ?? part.querySelectorAll(links)[index])?.focus({ preventScroll: true });
  }
}
customElements.define("live-widgets", LiveWidgets);
