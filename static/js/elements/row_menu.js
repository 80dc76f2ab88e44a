/* The menu that all rows share: filled for the row whose button opens it. */
document.addEventListener("click", (event) => {
  const button = event.target.closest('[popovertarget="row-menu"]');
  const menu = document.getElementById("row-menu");
  if (!button || !menu) return;
  menu.replaceChildren();
  const address = `${button.closest("[data-row]").querySelector(".payee__name").pathname}../menu/`;
  window.htmx.ajax("GET", new URL(address, location.href).pathname, { source: menu, target: menu, swap: "innerHTML" });
});
