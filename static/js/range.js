/* A range with steppers: fills the track, prints the number, speaks it in words. Without a script a number field stands there. */
function show(box) {
  const input = box.querySelector("input");
  const output = document.getElementById(box.dataset.range);
  // Nothing is answered until it is touched: an empty field stays out of what is sent.
  if (!input.name) {
    if (output) output.textContent = "–";
    input.style.setProperty("--p", "0%");
    input.setAttribute("aria-valuetext", "–");
    return;
  }
  const share = (input.value - input.min) / (input.max - input.min);
  const words = (box.dataset.words || "").split("|").filter(Boolean);
  const word = words[Math.min(words.length - 1, Math.floor(share * words.length))];
  input.style.setProperty("--p", `calc(${share * 100}% + ${(0.5 - share) * 2.75}rem)`);
  input.setAttribute("aria-valuetext", box.dataset.of.replace("{value}", input.value) + (word ? `, ${word}` : ""));
  if (output) output.textContent = input.value;
}

function start(root) {
  root.querySelectorAll("[data-range]:not([data-ready])").forEach((box) => {
    const input = box.querySelector("input");
    box.dataset.ready = "";
    if (input.value === "") {
      box.dataset.name = input.name;
      input.removeAttribute("name");
      input.required = false;
    }
    input.type = "range";
    input.classList.remove("input");
    box.classList.add("range");
    box.querySelectorAll("[data-step]").forEach((button) => (button.hidden = false));
    show(box);
  });
}

document.addEventListener("input", (event) => {
  const box = event.target.closest?.("[data-range]");
  if (!box) return;
  if (!event.target.name) event.target.name = box.dataset.name;
  show(box);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-step]");
  if (!button) return;
  const input = button.closest("[data-range]").querySelector("input");
  if (button.dataset.step > 0) input.stepUp();
  else input.stepDown();
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
