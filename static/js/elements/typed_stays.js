/* data-typed-stays: a part of a form that is drawn anew keeps what was typed in it after it was asked for. */
const fields = (root) => [...root.querySelectorAll("input[id]:not([type=hidden], [type=checkbox], [type=radio]), textarea[id]")];
const texts = (root) => new Map(fields(root).map(({ id, value }) => [id, value]));
const [sent, typed] = [new WeakMap(), new WeakMap()];

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const part = detail.target?.closest?.("[data-typed-stays]");
  if (part) sent.set(detail.xhr, texts(part));
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const before = sent.get(detail.xhr);
  if (before) typed.set(detail.xhr, [...texts(detail.target)].filter(([id, text]) => before.has(id) && before.get(id) !== text));
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  for (const [id, text] of typed.get(detail.xhr) ?? []) {
    const field = document.getElementById(id);
    if (!field) continue;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  typed.delete(detail.xhr);
});
