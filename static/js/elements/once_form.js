/* A form is sent once: its buttons rest until the answer is there, and wake again when the page is taken back from the history. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post], [data-again]")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "true";
  form.querySelectorAll("button:not([type=button])").forEach((button) => button.setAttribute("aria-disabled", "true"));
  setTimeout(() => wake(form), 8000);
});

function wake(form) {
  delete form.dataset.sent;
  form.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(wake));
