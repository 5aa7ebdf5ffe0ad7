/* The safety screen opens over the question the moment such an answer is chosen, sent or not, network or not. Without a
   script it is the next page. What happened is told to the server on the side; nothing here waits for that. */
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const tell = (to, what = {}) =>
  fetch(to, { method: "POST", body: new URLSearchParams(what), headers: { "X-CSRFToken": token() }, keepalive: true }).catch(() => {});

document.addEventListener("change", (event) => {
  const choice = event.target.closest("[data-opens-safety]");
  const screen = document.getElementById("safety");
  if (!choice?.checked || !screen || screen.open) return;
  screen.showModal();
  choice.form.elements.seen.value = "1";
  tell(screen.dataset.shown);
});

document.addEventListener("click", (event) => {
  const way = event.target.closest("[data-tap]");
  const to = way?.closest("[data-tap-to]");
  if (to) tell(to.dataset.tapTo, { tapped: way.dataset.tap });
});
