/* Rising bars: a finger may slide across them. Taps and arrow keys need no script, they are radio buttons. */
document.addEventListener("pointermove", (event) => {
  const rise = event.buttons === 1 && event.target.closest?.(".rise");
  if (!rise) return;
  const bar = document.elementFromPoint(event.clientX, event.clientY)?.closest(".rise__o");
  const radio = bar && rise.contains(bar) && bar.querySelector("input");
  if (!radio || radio.checked) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
});
