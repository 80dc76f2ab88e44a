/* Which of a list's options fit what was typed: without case and accents, by name, or by the name of their group. */
export const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

export const nameOf = (option) => plain((option.querySelector("[data-name]") ?? option).textContent);

function fits(option, said) {
  const group = option.matches("[data-apart]") ? "" : option.closest("[role=group]")?.querySelector(".menu__head")?.textContent;
  return nameOf(option).includes(said) || plain(group ?? "").includes(said);
}

/* Hide what does not fit, and groups of which nothing is left */
export function narrow(list, said) {
  const options = [...list.querySelectorAll("[role=option]:not([data-make])")];
  options.forEach((option) => (option.hidden = Boolean(said) && !fits(option, said)));
  list.querySelectorAll("[role=group]").forEach((group) => (group.hidden = !group.querySelector("[role=option]:not([hidden])")));
  return options.filter((option) => !option.hidden);
}

/* The whole name before its beginning, before the beginning of a word in it, before the first of all */
export function best(options, said) {
  const tests = [(name) => name === said, (name) => name.startsWith(said), (name) => name.includes(` ${said}`), () => true];
  return tests.map((test) => options.find((option) => test(nameOf(option)))).find(Boolean);
}
