/* The cover without a network: opens by itself where there is no PIN, or where this phone can tell a right one. */
import { knowsPin, openPlan, owner } from "./vault.js";

const form = document.querySelector("[data-closed]");
const wrong = document.querySelector("[data-wrong]");
const say = (words) => {
  const line = wrong.querySelector("span");
  line.textContent = line.dataset[words];
  wrong.hidden = false;
};

// The address that closes everything must not be asked for again.
const goOn = () => (location.pathname === "/cover/" ? location.replace("/today/") : location.reload());

async function open() {
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) return goOn(); // the server's own cover takes it from here
  if (owner()?.lock) {
    if (!(await knowsPin())) return say("unknown");
    if (!(await openPlan(form.elements.pin.value))) return say("still");
  }
  const worker = navigator.serviceWorker.controller;
  const done = new MessageChannel();
  done.port1.onmessage = goOn;
  worker.postMessage("uncover", [done.port2]);
}

form.hidden = false;
document.querySelector("[data-pin]").hidden = !owner()?.lock;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  wrong.hidden = true;
  open().finally(() => form.querySelector("button").removeAttribute("aria-busy"));
});
