/* What this phone does by itself, on every page: starts the worker, keeps a copy that was asked for up to date, sends what
   waits, and forgets what is private when somebody signs out or the server says that a session is over. */
const words = document.querySelector("[data-device]")?.dataset ?? {};
const who = document.querySelector('meta[name="who"]')?.content ?? ""; // empty on a page that was kept: it knows nobody
const lock = document.querySelector('meta[name="lock"]')?.content ?? "";
const COPY = "/you/phone/copy/";
const FORGETS_WITHIN_MS = 3000;
const RENEW_AFTER_MS = 3600 * 1000;
const CALM = /^\/(today|you|plan|insights|path|find|sharing)?\/?$/; // pages on which nobody is in the middle of something
const isKept = () => "plan-kept" in localStorage;
const waits = () => Number(localStorage.getItem("waiting") ?? 0);
// Loaded only where there is something to keep: most pages need neither.
const vault = () => import("./vault.js");
const outbox = () => import("./outbox.js");

async function startWorker() {
  if (!("worker" in words) || !navigator.serviceWorker) return;
  const registration = await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
  if (registration.waiting && CALM.test(location.pathname)) registration.waiting.postMessage("take over");
}

// --- Whose phone it is ---

async function learnOwner() {
  const known = JSON.parse(localStorage.getItem("owner") ?? "null");
  if (known?.person === who && known.lock === lock) return;
  // Somebody else has signed in here, or the PIN is another: what was kept under the earlier one goes.
  if (isKept()) await (await vault()).forgetPlan();
  localStorage.setItem("owner", JSON.stringify({ person: who, lock }));
  if (localStorage.getItem("waiting") !== null) await (await outbox()).count();
}

async function sessionEnded() {
  const { session } = await outbox();
  if ((await session())?.person !== "") return; // a page from before, or no network: nothing is known
  await (await vault()).forgetPlan();
}

async function renewCopy() {
  const isOld = Date.now() - Number(localStorage.getItem("plan-kept")) > RENEW_AFTER_MS;
  if (!isOld && !location.pathname.startsWith("/plan/")) return;
  const answer = await fetch(COPY, { cache: "no-store", headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const { keepPlan, forgetPlan } = await vault();
  await keepPlan(await answer.json(), lock).catch(forgetPlan);
}

// --- What waits ---

function show({ parked = 0 } = {}) {
  const [left, line] = [waits(), document.querySelector("[data-waiting]")];
  if (!line) return;
  line.hidden = !left;
  line.querySelector("a").textContent = (left === 1 ? words.one : words.many).replace("{n}", left);
  line.classList.toggle("banner--ember", parked > 0);
}

export async function sendWaiting() {
  if (!waits()) return show();
  const { send, mine } = await outbox();
  const { ended } = await send();
  if (ended) await (await vault()).forgetPlan();
  show({ parked: (await mine()).filter((row) => row.state === "parked").length });
}

// --- Signing out ---

async function leave(form, isDecided) {
  if (waits() && !isDecided) return document.getElementById("leaving").showModal();
  // A store that does not answer must not keep somebody signed in; the next page forgets the plan again.
  await Promise.race([vault().then((kept) => kept.forgetAll()), new Promise((done) => setTimeout(done, FORGETS_WITHIN_MS))]);
  form.submit();
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest('form[action^="/accounts/logout/"], form[data-leaves]');
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  leaving = form;
  leave(form, false).catch(() => form.submit());
});
let leaving = null;

document.getElementById("leaving")?.addEventListener("click", async (event) => {
  const choice = event.target.closest("[data-leaving]")?.dataset.leaving;
  const note = document.querySelector("[data-not-sent]");
  note.hidden = true;
  if (choice === "drop") return leave(leaving, true);
  if (choice !== "send") return;
  await sendWaiting();
  if (waits()) note.hidden = false;
  else leave(leaving, true);
});

// --- Now ---

async function start() {
  await startWorker().catch(() => {}); // a browser without workers has pages all the same
  if (who && who !== "nobody") await learnOwner();
  if (who === "nobody" && (isKept() || waits())) await sessionEnded();
  if (who && who !== "nobody" && isKept()) await renewCopy();
  await sendWaiting();
}

addEventListener("online", () => sendWaiting());
show();
// After the page itself: nothing of this may make somebody wait.
if (document.readyState === "complete") start();
else addEventListener("load", () => start());
