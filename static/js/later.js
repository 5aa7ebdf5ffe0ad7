/* Forms that work without a network: what they hold waits on this phone and is sent once there is one. Also the page that
   shows what waits. */
import * as outbox from "./outbox.js";
import { owner } from "./vault.js";

const find = (selector, root = document) => root.querySelector(selector);
const DAY_MS = 24 * 3600 * 1000;
const SOMEBODY = "/healthz";
const PATIENCE_MS = 4000;

// --- What is said, as the API takes it ---

/* The phone's own date, so many days back: YYYY-MM-DD. */
function localDay(back) {
  const day = new Date(Date.now() - back * DAY_MS);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

const dayOf = (said) => (/^\d$/.test(said ?? "0") ? localDay(Number(said ?? "0")) : said);

function checkIn(data) {
  const text = (name) => data.get(name) || undefined;
  const number = (name) => (data.get(name) ? Number(data.get(name)) : undefined);
  const truth = (name) => ({ yes: true, no: false })[data.get(name)];
  const around = data.getAll("around");
  const tried = [...data].filter(([name, outcome]) => name.startsWith("tried_") && outcome);
  return {
    day: dayOf(data.get("day") ?? undefined), mood: number("mood"), craving: number("craving"),
    sleep_hours: number("sleep_exact") ?? number("sleep"), used: text("used"), over_limit: truth("over_limit"),
    something_else: around.includes("other") || undefined, note: text("note"), medication: text("medication"),
    met: around.filter((key) => key !== "other").map((trigger) => ({ trigger })),
    strategies: tried.map(([name, outcome]) => ({ strategy: name.slice("tried_".length), outcome })),
    connection: text("connection"), confidence: number("confidence"), halt: data.getAll("halt"),
    risky_ahead: truth("risky_ahead"), sleep_quality: number("sleep_quality"), craving_when: text("craving_when"),
    good_things: text("good_things"), answered_at: new Date().toISOString(),
  };
}

function ride(data) {
  const now = new Date().toISOString();
  const since = Number(data.get("since"));
  const started_at = since ? new Date(since * 1000).toISOString() : now;
  const named = (name) => data.get(name) || undefined;
  return { outcome: data.get("outcome"), started_at, ended_at: now, trigger: named("trigger"), strategy: named("strategy") };
}

const SAYS = { "check-in": checkIn, ride, use: (data) => ({ day: dayOf(data.get("day")) }) };

async function keep(form, submitter) {
  const data = new FormData(form, submitter);
  const kind = form.dataset.later;
  const submission = data.get("submission") || crypto.randomUUID();
  await outbox.add(kind, { ...SAYS[kind](data), submission });
  return data;
}

// --- Forms of pages that stand without a network ---

function showKept(form, data) {
  const kept = find("[data-kept]", form.parentElement);
  const words = find("span", kept);
  if (words && data.has("outcome")) words.textContent = words.getAttribute(`data-${data.get("outcome").replace("_", "-")}`);
  form.hidden = true;
  kept.hidden = false;
  find("[tabindex]", kept)?.focus();
}

async function keepHere(form, submitter) {
  const missing = find("[data-missing]", form);
  if (missing) {
    missing.hidden = Boolean(new FormData(form).get("mood"));
    if (!missing.hidden) return missing.focus();
  }
  const data = await keep(form, submitter);
  // After use comes the page about being safe, as it does with a network.
  const used = data.get("used") === "yes" || data.get("outcome") === "used";
  if (used && form.dataset.later !== "use") return location.assign("/right-now/");
  showKept(form, data);
}

// --- Forms of live pages: they are sent as always, and kept here where nobody is there to take them ---

async function somebodyIsThere() {
  try {
    return (await fetch(SOMEBODY, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) })).ok;
  } catch {
    return false;
  }
}

async function sendOrKeep(form, submitter) {
  if (await somebodyIsThere()) {
    // A form sent by a script leaves out the button that was tapped.
    if (submitter?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value }));
    return form.submit();
  }
  await keep(form, submitter);
  location.assign("/offline/waiting/");
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-later]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  const busy = event.submitter;
  const deed = form.hasAttribute("action") ? sendOrKeep : keepHere;
  deed(form, event.submitter).finally(() => busy?.removeAttribute("aria-busy"));
});

const here = Boolean(owner());
document.querySelectorAll("[data-later-for]").forEach((part) => (part.hidden = !here));
document.querySelectorAll("[data-later-nobody]").forEach((part) => (part.hidden = here));

// --- The page of what waits ---

const list = find("[data-rows]");

async function item(row) {
  const card = find('[data-piece="waiting"]').content.firstElementChild.cloneNode(true);
  const what = find("[data-what]", card);
  what.textContent = what.getAttribute(`data-${row.kind}`);
  find("[data-when]", card).textContent = new Date(row.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const parked = row.state === "parked";
  find("[data-parked]", card).hidden = find("[data-retry]", card).hidden = !parked;
  find("[data-why]", card).textContent = row.why;
  const lines = Object.entries(await outbox.said(row)).filter(([name, value]) => name !== "submission" && value !== "" && value?.length !== 0);
  find("[data-says]", card).append(...lines.map(([name, value]) => Object.assign(document.createElement("li"), { textContent: `${name.replaceAll("_", " ")}: ${typeof value === "object" ? JSON.stringify(value) : value}` })));
  find("[data-retry]", card).onclick = async () => {
    await outbox.retry(row.id);
    await sendNow();
  };
  const drop = find("[data-drop]", card);
  drop.onclick = async () => {
    if (drop.textContent !== drop.dataset.sure) return void (drop.textContent = drop.dataset.sure);
    await outbox.drop(row.id);
    await showRows();
  };
  return card;
}

async function showRows() {
  const rows = await outbox.mine();
  list.replaceChildren(...(await Promise.all(rows.map(item))));
  find("[data-none]").hidden = rows.length > 0;
  find("[data-send]").hidden = !rows.some((row) => row.state === "waiting");
  await outbox.count();
  return rows;
}

async function sendNow() {
  const { ended } = await outbox.send();
  const rows = await showRows();
  find("[data-signed-out]").hidden = !ended || !rows.length;
  find("[data-not-sent]").hidden = ended || !rows.some((row) => row.state === "waiting");
}

if (list) {
  find("[data-send]").onclick = sendNow;
  showRows();
  addEventListener("online", () => sendNow());
}
