/* A text of several lines with data-enter is sent by Enter, and Shift-Enter begins a new line; on a phone Enter always does. */
const phone = matchMedia("(max-width: 47.99rem)");

document.addEventListener("keydown", (event) => {
  const isAlone = !(event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || event.isComposing);
  if (event.key !== "Enter" || !isAlone || phone.matches || !event.target.matches("textarea[data-enter]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
