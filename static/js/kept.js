/* Puts what this phone keeps of the plan on a page that stands without a network. */
import * as vault from "./vault.js";

const find = (selector, root = document) => root.querySelector(selector);
const piece = (name) => find(`[data-piece="${name}"]`).content.firstElementChild.cloneNode(true);
const fill = (element, text) => {
  element.textContent = text;
  element.hidden = !text;
};

function caller({ name, about, call, text }) {
  const row = piece("caller");
  const [ring, write] = [find("[data-call]", row), find("[data-text]", row)];
  ring.href = call;
  write.href = text;
  const said = find("[data-name]", row);
  said.textContent = said.dataset.words.replace("{name}", name);
  write.setAttribute("aria-label", write.dataset.words.replace("{name}", name));
  fill(find("[data-about]", row), about);
  return row;
}

function line({ text, small }) {
  const row = piece("line");
  fill(find("[data-said]", row), text);
  fill(find("[data-small]", row), small);
  return row;
}

function section({ title, lines }) {
  const part = piece("section");
  fill(find("[data-title]", part), title);
  find("[data-lines]", part).append(...lines.map(line));
  return part;
}

function showOnHelp(plan) {
  // The first person to call takes the place of the line: a voice that knows you comes first.
  const people = find("#people");
  const rows = plan.callers.map(caller);
  if (rows.length) {
    find(".call--lamp", people)?.classList.remove("call--lamp");
    rows[0].classList.add("call--lamp");
    find("h2", people).after(rows[0]);
    people.append(...rows.slice(1));
  }
  find("[data-sections]").append(...plan.helpers.map(line));
  fill(find("[data-reason-text]"), plan.reason && `“${plan.reason}”`);
  find("[data-reason]").hidden = !plan.reason;
  find("[data-plan]").hidden = !plan.helpers.length && !plan.reason;
}

function showOnPlan(plan) {
  const made = find("[data-made]");
  const day = new Date(plan.made_at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  made.textContent = made.dataset.words.replace("{day}", day);
  find("[data-callers]").append(...plan.callers.map(caller));
  find("[data-people]").hidden = !plan.callers.length;
  find("[data-sections]").append(...plan.sections.map(section));
  find("[data-plan]").hidden = false;
}

const show = (plan) => (find("#people") ? showOnHelp(plan) : showOnPlan(plan));

// Help opens behind the cover too, for whoever holds the phone: then it names nobody's people.
const isCovered = async () => Boolean(await caches.match("/state/covered"));

async function start() {
  if (await isCovered()) return;
  const plan = await vault.plan();
  const unlock = find("[data-unlock]");
  if (plan === "locked") unlock.hidden = false;
  else if (plan) show(plan);
  else if (find("[data-nothing]")) find("[data-nothing]").hidden = false;
}

find("[data-unlock]").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const wrong = find("[data-wrong]", form);
  wrong.hidden = true;
  const plan = await vault.openPlan(form.elements.pin.value);
  form.querySelector("button").removeAttribute("aria-busy");
  form.elements.pin.value = "";
  if (plan) {
    form.hidden = true;
    return show(plan);
  }
  const words = find("span", wrong);
  words.textContent = (await vault.knowsPin()) ? words.dataset.still : words.dataset.gone;
  wrong.hidden = false;
  form.elements.pin.focus();
});

start();
