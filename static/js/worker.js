/* The worker: it stands between the pages and the network, and answers when there is none. It keeps only what is the
   same for everybody; SHELL, above, says what. Nothing private goes through its caches, and it reads no key. */
const KEPT = `shell-${SHELL.version}`;
const STATE = "state";
const COVERED = "/state/covered";
const BROKEN = [502, 503, 504]; // what stands in front of the server answers so while it is away
const MARK = "X-Covered";
const BUSY = /^\/(help|check-in|right-now|tools|offline)\//; // nobody is interrupted here
const A_DAY_MS = 24 * 3600 * 1000;

// --- What is kept ---

const everything = () => [...new Set([SHELL.fallback, SHELL.closed, SHELL.waiting, ...Object.values(SHELL.pages).map((page) => page.copy)])];

async function fetchPublic(address) {
  const answer = await fetch(address, { cache: "reload", redirect: "error" });
  if (!answer.ok || answer.headers.has(MARK)) throw new Error(`${answer.status} for ${address}`);
  return answer;
}

async function keep(addresses) {
  const cache = await caches.open(KEPT);
  for (const address of addresses) await cache.put(address, await fetchPublic(address));
}

async function keepFresh() {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(SHELL.help);
  const age = Date.now() - Date.parse(kept?.headers.get("Date") ?? 0);
  if (!(age < A_DAY_MS)) await keep(everything()).catch(() => {});
}

addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(KEPT);
      await cache.addAll(SHELL.files.map((file) => new Request(file, { cache: "reload" })));
      await keep(everything());
      // The first one starts at once; a later one waits until nobody is in the middle of something.
      if (!registration.active) await skipWaiting();
    })(),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== KEPT);
      await Promise.all(old.map((name) => caches.delete(name)));
      await clients.claim();
    })(),
  );
});

// --- The cover ---

let writing = Promise.resolve(); // a page that is asked for while the cover goes up waits for it
const write = (change) => (writing = writing.then(async () => change(await caches.open(STATE))));
const uncover = () => write((state) => state.delete(COVERED));
const cover = (isTold) => write((state) => state.put(COVERED, new Response(isTold ? "told" : ""))); // told: the server knows

async function mark() {
  await writing;
  return (await caches.open(STATE)).match(COVERED);
}
const isCovered = async () => Boolean(await mark());

async function tellTheServer() {
  if ((await (await mark())?.text()) === "told") return true;
  const answer = await fetch(SHELL.cover, { method: "POST" }).catch(() => null);
  if (!answer?.ok) return false;
  await cover(true);
  return true;
}

// While it is up, a page comes from the server only once the server knows of it, and then it is the server's cover.
async function covered(request) {
  const path = new URL(request.url).pathname;
  if (SHELL.pages[path]?.copy === SHELL.help) return copyOf(SHELL.help); // its script shows nobody's people meanwhile
  if (!(await tellTheServer())) return copyOf(SHELL.closed);
  try {
    const answer = await fetch(request);
    if (BROKEN.includes(answer.status)) return copyOf(SHELL.closed);
    // The server is asked last: where it shows a page, the cover was taken off there.
    if (answer.type === "basic" && answer.ok && !answer.headers.has(MARK) && !isOpen(request.url)) await uncover();
    return answer;
  } catch {
    return copyOf(SHELL.closed);
  }
}

const isOpen = (url) => /^\/(help|cover|offline|static)\//.test(new URL(url).pathname);

// --- Answers ---

const copyOf = async (address) => (await caches.match(address, { ignoreSearch: true, ignoreVary: true })) ?? Response.error();
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function look(event) {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (path === SHELL.cover) {
    await cover(false);
    return fetch(request).catch(() => copyOf(SHELL.closed));
  }
  if (await isCovered()) return covered(request);
  const page = SHELL.pages[path];
  const network = fetch(request).then(
    async (answer) => {
      if (answer.headers.has(MARK)) await cover(true);
      return BROKEN.includes(answer.status) ? null : answer;
    },
    () => null,
  );
  // Only a page that can do the same without a network takes the place of one that is on its way.
  const first = page ? await Promise.race([network, wait(page.patience)]) : await network;
  if (first) {
    event.waitUntil(keepFresh());
    return first;
  }
  const kept = await copyOf(page?.copy ?? path);
  return kept.ok ? kept : copyOf(SHELL.fallback);
}

async function takeOff(request) {
  try {
    const answer = await fetch(request);
    if (answer.type === "opaqueredirect" || answer.redirected) await uncover();
    return answer;
  } catch {
    // Without a network the page itself has asked for the PIN, and says so to us; a form alone opens nothing.
    return copyOf(SHELL.closed);
  }
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(look(event));
  else if (request.mode === "navigate" && url.pathname === SHELL.uncover) event.respondWith(takeOff(request));
  else if (request.mode === "navigate" && url.pathname === SHELL.cover) event.waitUntil(cover(false));
  else if (request.method === "GET" && SHELL.files.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
  }
});

// --- What pages say ---

async function takeOver() {
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (!open.some((client) => BUSY.test(new URL(client.url).pathname))) await skipWaiting();
}

// Hiding that also signs out: the page is gone before it could do this itself. What waits to be sent stays, sealed.
const forget = () =>
  new Promise((done) => {
    const asked = indexedDB.open("kept", 1);
    asked.onupgradeneeded = () => asked.transaction.abort(); // nothing was kept here
    asked.onerror = done;
    asked.onsuccess = () => {
      const deal = asked.result.transaction(["plan", "keys"], "readwrite");
      deal.objectStore("plan").clear();
      deal.objectStore("keys").delete("lock");
      deal.oncomplete = deal.onabort = done;
      asked.result.onversionchange = () => asked.result.close();
    };
  });

const deeds = { cover: () => cover(false).then(tellTheServer), uncover, forget, "take over": takeOver, refresh: () => keep(everything()) };
addEventListener("message", (event) => {
  const deed = deeds[event.data];
  if (deed) event.waitUntil(deed().then(() => event.ports[0]?.postMessage("done")));
});
