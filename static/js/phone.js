/* Turns the copy of the plan on this phone on and off. */
import { forgetPlan, keepPlan, lockWith } from "./vault.js";

const find = (selector) => document.querySelector(selector);
const lock = find('meta[name="lock"]')?.content ?? "";
const form = find("[data-keep-plan]");
const wrong = find("[data-keep-wrong]");

function show() {
  const kept = "plan-kept" in localStorage;
  form.hidden = kept;
  find("[data-kept-plan]").hidden = !kept;
  const when = find("[data-kept-when]");
  const day = new Date(Number(localStorage.getItem("plan-kept")));
  when.textContent = kept ? when.dataset.words.replace("{day}", day.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" })) : "";
}

async function checked(pin) {
  const body = new URLSearchParams({ pin, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  const answer = await fetch(form.dataset.check, { method: "POST", body });
  if (answer.ok) return true;
  if (answer.status === 409) location.reload(); // signed out, after too many
  wrong.querySelector("span").textContent = (await answer.json()).detail;
  return false;
}

async function keep() {
  const pin = form.elements.pin?.value ?? "";
  if (lock && !(await checked(pin))) return false;
  const answer = await fetch(form.dataset.copy, { cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  if (lock) await lockWith(pin, lock);
  await keepPlan(await answer.json(), lock);
  return true;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter;
  wrong.hidden = true;
  try {
    wrong.hidden = await keep();
  } catch {
    wrong.querySelector("span").textContent = wrong.dataset.trouble;
    wrong.hidden = false;
  }
  button?.removeAttribute("aria-busy");
  if (form.elements.pin) form.elements.pin.value = "";
  show();
});

find("[data-forget-plan]").onclick = async () => {
  await forgetPlan();
  show();
};

find("[data-phone]").hidden = !navigator.serviceWorker || !crypto.subtle;
show();
