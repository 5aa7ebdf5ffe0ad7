/* What this phone keeps for one person, sealed: the plan, if they turned that on, and what waits to be sent. Everything is
   in one database of the browser, which is emptied by name. docs/adr/0021 says where the keys are and what that is worth. */
const NAME = "kept";
const STORES = ["keys", "plan", "waiting"];
const ROUNDS = 600_000; // of PBKDF2 with SHA-256, as OWASP advises for it in 2023
const TRIES = 5;
const words = new TextEncoder();
const random = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));

// --- The database ---

function open() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => STORES.forEach((store) => asked.result.createObjectStore(store));
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      done(asked.result);
    };
    asked.onerror = () => fail(asked.error);
  });
}

async function run(store, mode, deed) {
  const base = await open();
  try {
    return await new Promise((done, fail) => {
      const deal = base.transaction(store, mode);
      const asked = deed(deal.objectStore(store));
      deal.oncomplete = () => done(asked?.result);
      deal.onerror = deal.onabort = () => fail(deal.error);
    });
  } finally {
    base.close();
  }
}

export const read = (store, key) => run(store, "readonly", (rows) => rows.get(key));
export const all = (store) => run(store, "readonly", (rows) => rows.getAll());
export const put = (store, key, value) => run(store, "readwrite", (rows) => void rows.put(value, key));
export const remove = (store, key) => run(store, "readwrite", (rows) => void rows.delete(key));
const empty = (store) => run(store, "readwrite", (rows) => void rows.clear());

/* Forget the plan; what waits to be sent stays, and so does its key. */
export async function forgetPlan() {
  await empty("plan");
  await remove("keys", "lock");
  localStorage.removeItem("plan-kept");
}

/* Forget everything, keys first: from then on what a disk may still hold of the rest cannot be opened. Only what somebody
   else wrote here and could not send yet stays, sealed, with the key that they will need. */
export async function forgetAll() {
  const person = owner()?.person;
  const rows = await all("waiting");
  const others = rows.filter((row) => row.person !== person);
  if (others.length) {
    await forgetPlan();
    for (const row of rows) if (row.person === person) await remove("waiting", row.id);
    localStorage.setItem("waiting", "0");
    return localStorage.removeItem("owner");
  }
  for (const store of STORES) await empty(store);
  ["plan-kept", "waiting", "owner"].forEach((name) => localStorage.removeItem(name));
  await new Promise((done) => {
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = asked.onerror = asked.onblocked = done;
  });
}

// --- Whose it is: the server's names for a person and for the PIN in force, which tell nothing of either; from device.js ---

export const owner = () => JSON.parse(localStorage.getItem("owner") ?? "null");

// --- Sealing. The phone's own key can be used by this site's scripts here and cannot be taken out by them. ---

async function phoneKey() {
  const kept = await read("keys", "phone");
  if (kept) return kept;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // Two tabs may make one at the same moment: the first that is written holds.
  await run("keys", "readwrite", (rows) => {
    const asked = rows.get("phone");
    asked.onsuccess = () => asked.result ?? rows.put(made, "phone");
  });
  return read("keys", "phone");
}

const named = (place) => ({ additionalData: words.encode(place) });

export async function seal(place, said, key = null) {
  const iv = random(12);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, ...named(place) }, key ?? (await phoneKey()), words.encode(JSON.stringify(said)));
  return { iv, data };
}

export async function unseal(place, { iv, data }, key = null) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv, ...named(place) }, key ?? (await phoneKey()), data);
  return JSON.parse(new TextDecoder().decode(plain));
}

// --- The plan. With a PIN it is sealed so that the phone can renew it alone, and only the PIN opens it. ---

async function fromPin(pin, salt) {
  const typed = await crypto.subtle.importKey("raw", words.encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, typed, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

const PAIR = { name: "RSA-OAEP", hash: "SHA-256" };

/* lock: the server's name for the PIN in force, so that a plan under an older one is known. */
export async function lockWith(pin, lock) {
  const [salt, iv] = [random(16), random(12)];
  const pair = await crypto.subtle.generateKey({ ...PAIR, modulusLength: 3072, publicExponent: new Uint8Array([1, 0, 1]) }, true, ["wrapKey", "unwrapKey"]);
  const wrapped = await crypto.subtle.wrapKey("pkcs8", pair.privateKey, await fromPin(pin, salt), { name: "AES-GCM", iv });
  await put("keys", "lock", { lock, salt, iv, wrapped, tries: 0, publicKey: pair.publicKey });
}

export async function keepPlan(plan, lock) {
  const locked = await read("keys", "lock");
  if ((locked?.lock ?? "") !== lock) throw new Error("the PIN has changed");
  if (!locked) await put("plan", "plan", { lock, sealed: await seal("plan", plan) });
  else {
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
    const wrapped = await crypto.subtle.wrapKey("raw", key, locked.publicKey, PAIR);
    await put("plan", "plan", { lock, wrapped, sealed: await seal("plan", plan, key) });
  }
  localStorage.setItem("plan-kept", String(Date.now()));
}

/* The plan on this phone: null where none is kept, "locked" where it takes the PIN. */
export async function plan() {
  const kept = await read("plan", "plan");
  if (!kept) return null;
  return kept.wrapped ? "locked" : unseal("plan", kept.sealed);
}

/* Whether the phone can tell a right PIN from a wrong one by itself. */
export const knowsPin = async () => Boolean(await read("keys", "lock"));

/* The plan, opened by the PIN; null for a wrong one. The fifth wrong one in a row throws the plan away. */
export async function openPlan(pin) {
  const [locked, kept] = [await read("keys", "lock"), await read("plan", "plan")];
  if (!locked || !kept) return null;
  await put("keys", "lock", { ...locked, tries: locked.tries + 1 });
  try {
    const outer = await fromPin(pin, locked.salt);
    const own = await crypto.subtle.unwrapKey("pkcs8", locked.wrapped, outer, { name: "AES-GCM", iv: locked.iv }, PAIR, false, ["unwrapKey"]);
    const key = await crypto.subtle.unwrapKey("raw", kept.wrapped, own, PAIR, { name: "AES-GCM" }, false, ["decrypt"]);
    const opened = await unseal("plan", kept.sealed, key);
    await put("keys", "lock", { ...locked, tries: 0 });
    return opened;
  } catch {
    if (locked.tries + 1 >= TRIES) await forgetPlan();
    return null;
  }
}
