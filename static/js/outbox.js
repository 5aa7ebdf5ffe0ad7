/* What was written without a network: it waits on this phone, sealed, and is sent once. Each carries its own number, so
   that one whose answer got lost is known when it comes again. What the server will not take is put aside and shown. */
import { all, owner, put, read, remove, seal, unseal } from "./vault.js";

const WHERE = { "check-in": "/api/v1/check-ins/", ride: "/api/v1/rides/", use: "/api/v1/lapses/" };
const SESSION = "/offline/session/";
const NOT_TAKEN = [400, 404, 409, 413, 415, 422]; // about this one thing; sending it again as it is would change nothing
const place = (row) => `waiting ${row.id}`;

export const count = async () => {
  const rows = await mine();
  localStorage.setItem("waiting", String(rows.length));
  return rows.length;
};

/* Whose session the server sees: null without a network, { person: "" } where nobody is signed in any more. */
export async function session() {
  try {
    const answer = await fetch(SESSION, { cache: "no-store", headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/* Keep something until there is a network. said.submission names it; it is kept once, however often this is called. */
export async function add(kind, said) {
  const person = owner()?.person;
  if (!person) throw new Error("nobody is signed in on this phone");
  const row = { id: said.submission, kind, person, at: Date.now(), state: "waiting", why: "" };
  await put("waiting", row.id, { ...row, sealed: await seal(place(row), said) });
  await count();
}

/* What waits for the person of this phone, oldest first. Somebody else's stays sealed and is not shown. */
export async function mine() {
  const [rows, person] = [await all("waiting"), owner()?.person];
  return rows.filter((row) => row.person === person).sort((one, other) => one.at - other.at);
}

export const said = (row) => unseal(place(row), row.sealed);

export async function drop(id) {
  await remove("waiting", id);
  await count();
}

export async function retry(id) {
  const row = await read("waiting", id);
  if (row) await put("waiting", id, { ...row, state: "waiting", why: "" });
}

/* Send what waits, one after the other, in one tab at a time. Returns { left, ended }: how many are still here, and
   whether the server says that the session is over. */
export const send = () => navigator.locks.request("send what waits", sendAll);

async function sendAll() {
  const who = await session();
  let ended = who?.person === "";
  for (const row of await mine()) {
    if (ended || !who || who.covered || row.person !== who.person) break;
    if (row.state !== "waiting") continue;
    const result = await sendOne(row, who.token);
    if (result === "ended") ended = true;
    if (result !== "done") break;
  }
  return { left: await count(), ended };
}

async function sendOne(row, token) {
  let answer;
  try {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    answer = await fetch(WHERE[row.kind], { method: "POST", headers, body: JSON.stringify(await said(row)) });
    if (answer.ok) await answer.text(); // all of it has arrived, or it did not
  } catch {
    return "later";
  }
  if (answer.ok) await remove("waiting", row.id);
  else if (NOT_TAKEN.includes(answer.status)) await put("waiting", row.id, { ...row, state: "parked", why: await reason(answer) });
  else return answer.status === 401 ? "ended" : "later";
  return "done";
}

/* The server's own words about what is wrong. */
async function reason(answer) {
  const told = await answer.json().catch(() => ({}));
  const flat = (part) => (typeof part === "string" ? [part] : Object.values(part ?? {}).flatMap(flat));
  return flat(told).join(" ");
}
