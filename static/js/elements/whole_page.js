/* An answer to a partial request that is a whole page (a redirect to the log-in, an address that knows no partial) is gone to, not squeezed in. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig, target } = event.detail;
  if (xhr.status >= 400 || target === document.body || requestConfig.elt.closest("[hx-select], [hx-boost]")) return;
  if (!/^\s*<!doctype html/i.test(xhr.response)) return;
  event.detail.shouldSwap = false;
  location.assign(xhr.responseURL || requestConfig.path);
});
