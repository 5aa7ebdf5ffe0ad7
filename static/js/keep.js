/* A form marked data-keep leaves the page only when somebody is there to take it. Without a network it stays as it is,
   with every word in it, and says so. */
const SOMEBODY = "/healthz";

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-keep]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  const [button, note] = [event.submitter, form.querySelector("[data-unsent]")];
  note.hidden = true;
  try {
    await fetch(SOMEBODY, { cache: "no-store" });
    form.submit();
  } catch {
    note.hidden = false;
    setTimeout(() => button?.removeAttribute("aria-busy"));
  }
});
