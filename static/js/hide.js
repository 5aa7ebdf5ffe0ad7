/* The quick way out: a tap on Hide, or Shift three times. The page goes blank before anything else happens. */
const COVER = "/cover/";
const WITHIN_MS = 1500;
const TIMES = 3;

const link = () => document.querySelector("[data-hide]");

// Pages that stand without a network know nobody: how this person wants to leave is remembered from their own.
if (document.querySelector('meta[name="who"]')?.content.length > "nobody".length) {
  localStorage.setItem("hide", JSON.stringify({ to: link()?.dataset.hide, out: link()?.hasAttribute("data-hide-out") }));
}

function chosen() {
  const own = JSON.parse(localStorage.getItem("hide") ?? "{}");
  const to = link()?.dataset.hide || document.body.dataset.away || own.to || "about:blank";
  // Without a network no other site answers. Our own closed page is asked for by the address that closes it, so that it
  // cannot be drawn before it is closed.
  return { to: navigator.onLine && to !== "/" ? to : COVER, out: own.out };
}

function leave() {
  document.documentElement.classList.add("is-covered");
  document.title = "\u200b";
  const away = link();
  const { to, out } = chosen();
  // The session is covered on the server too, so that Back and other tabs show the cover and nothing of anybody's.
  navigator.sendBeacon(away?.getAttribute("href") || COVER);
  // And in the worker, which answers where the server cannot; whoever is signed out by this leaves no plan behind.
  navigator.serviceWorker?.controller?.postMessage("cover");
  if (out) navigator.serviceWorker?.controller?.postMessage("forget");
  // This entry of the history is replaced; the older ones answer with the cover.
  location.replace(to);
}

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-hide]")) return;
  event.preventDefault();
  leave();
});

let presses = [];
document.addEventListener("keydown", (event) => {
  if (event.repeat) return;
  if (event.key !== "Shift") {
    // Shift belongs to typing, too: any other key between starts the count again.
    presses = [];
    return;
  }
  presses = [...presses.filter((moment) => event.timeStamp - moment < WITHIN_MS), event.timeStamp];
  if (presses.length >= TIMES) leave();
});

// A page that the browser kept whole must ask again whether it is covered.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.documentElement.classList.add("is-covered");
  location.reload();
});
