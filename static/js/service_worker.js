/* Keeps one page for the time without a connection, and what that page is drawn with. Never a page with a person's data in it. */
const SHELF = "offline-1";
const PAGE = "/offline/";

async function fill() {
  const shelf = await caches.open(SHELF);
  const page = await fetch(PAGE, { credentials: "omit", cache: "reload" });
  if (!page.ok) return;
  const text = await page.clone().text();
  const parts = [...text.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map((found) => found[1]);
  await shelf.put(PAGE, page);
  await Promise.all([...new Set(parts)].map((part) => shelf.add(part).catch(() => {})));
}

addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
addEventListener("activate", (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== SHELF).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  ),
);
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate")
    event.respondWith(fetch(request).catch(() => caches.match(PAGE).then((page) => page ?? Response.error())));
  else if (pathname.startsWith("/static/"))
    event.respondWith(fetch(request).catch(() => caches.match(request).then((part) => part ?? Response.error())));
});
