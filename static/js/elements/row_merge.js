/* Taking over a table that came anew: what is the same stays the very same element, so that focus, scroll and ticks stay too. */
const FOCUSABLE = "a, button, input";

/* `nodes` in this order in `parent`, moving as little as possible; what else was in there goes */
export function arrange(parent, nodes) {
  let here = parent.firstElementChild;
  for (const node of nodes) {
    if (node === here) here = here.nextElementSibling;
    else parent.insertBefore(node, here);
  }
  while (here) {
    const next = here.nextElementSibling;
    here.remove();
    here = next;
  }
}

/* The new element in place of the old one, ticked and focused like it */
export function inherit(old, fresh) {
  const ticked = old.querySelector("[name=pick]")?.checked;
  const box = fresh.querySelector("[name=pick]");
  if (box) box.checked = ticked;
  const at = old === document.activeElement ? -1 : [...old.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement);
  const had = old.contains(document.activeElement);
  old.replaceWith(fresh);
  if (had) (fresh.querySelectorAll(FOCUSABLE)[at] ?? fresh).focus({ preventScroll: true });
  return fresh;
}
