/* Where a link with data-panel is, said so that it is found again after its row was drawn anew: the element with an id that holds it,
   and the address it names. A row need not show a link for each of its values: then its first link stands for it. */
export function spotOf(link) {
  return { home: link.closest("[id]").id, panel: link.dataset.panel };
}

export function linkAt(spot) {
  const home = spot && document.getElementById(spot.home);
  if (!home || home.matches("[data-panel]")) return home;
  return home.querySelector(`[data-panel="${spot.panel}"]`) ?? home.querySelector("[data-panel]") ?? home.querySelector("a[href]");
}

export function mark(spot, open) {
  linkAt(spot)?.setAttribute("aria-expanded", open);
}

/* Back to the link, where the focus was lost with what was drawn anew, or is in a panel that has closed */
export function refocus(spot, panel) {
  const lost = document.activeElement === document.body || panel.contains(document.activeElement);
  if (lost) linkAt(spot)?.focus({ preventScroll: true });
}

/* Where the form is asked for: as seen from the link's own address */
export function addressAt(spot) {
  const address = new URL(spot.panel, linkAt(spot).href);
  return address.pathname + address.search;
}

/* The next link of the same row, or the one before it */
export function beside(spot, step) {
  const here = linkAt(spot);
  const row = here?.closest("[data-row]");
  const links = [...(row?.querySelectorAll("[data-panel]") ?? [])].filter((link) => link.offsetParent);
  const link = links[links.indexOf(here) + step];
  return link ? spotOf(link) : null;
}
