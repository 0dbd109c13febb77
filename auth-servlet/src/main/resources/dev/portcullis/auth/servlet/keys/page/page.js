// The page: who is signed in, which view is open, and what its buttons do.

import { Client } from "./client.js";
import * as dialogs from "./dialogs.js";
import { auditRow, keyRow } from "./rows.js";
import { told } from "./words.js";

const byId = (id) => document.getElementById(id);
const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;

const client = new Client(meta("portcullis-api"));
const keys = new Map();
const names = new Map();
let view = "keys";
let next = null;
let turn = 0;
let held = [];

const LISTS = { keys: "?limit=50", audit: "audit/?limit=50" };

function show(...ids) {
  for (const id of ["waiting", "sign-in", "signed-in"]) {
    byId(id).hidden = !ids.includes(id);
  }
  byId("sign-out").hidden = !ids.includes("signed-in");
}

const SAID_FOR = 8_000;
let saying = 0;

/** Tells something that needs no answer, for a while. */
function say(text) {
  clearTimeout(saying);
  byId("status").textContent = text;
  saying = setTimeout(say, SAID_FOR, "");
}

// Signing in and out

function askForToken(problem = "") {
  show("sign-in");
  byId("token-error").textContent = problem;
  byId("token").toggleAttribute("aria-invalid", problem !== "");
  byId("token").focus();
}

function signOut(problem = "") {
  client.forget();
  turn += 1;
  dialogs.closeAll();
  keys.clear();
  names.clear();
  held = [];
  byId("token").value = "";
  for (const list of ["keys", "audit"]) {
    byId(list).tBodies[0].replaceChildren();
  }
  byId("issue-held").replaceChildren();
  byId("change-held").replaceChildren();
  say("");
  askForToken(problem);
}

async function signIn(token) {
  client.use(token);
  byId("token").value = "";
  byId("token-error").textContent = "";
  held = await permissions();
  show("signed-in");
  selectView("keys", false);
  byId("top").focus();
}

/** What the token says its owner may do: only to offer it, for the server knows better. */
async function permissions() {
  try {
    const payload = (await client.token()).split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(payload), (c) => c.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    const found = claims.permissions ?? [];
    const list = typeof found === "string" ? found.split(" ") : found;
    return [...new Set(list.filter((entry) => typeof entry === "string" && entry !== ""))].slice(0, 50);
  } catch {
    return [];
  }
}

byId("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  const token = byId("token").value.trim();
  if (token === "") {
    askForToken("Paste a token first.");
  } else if (!/^[\x21-\x7e]+$/.test(token)) {
    askForToken("A token has no spaces and no line ends. Copy it again.");
  } else {
    signIn(token);
  }
});

byId("sign-out").addEventListener("click", () => signOut());
byId("paste").addEventListener("click", () => askForToken());

/** The application that serves this page can sign its users in: see the documentation of the key page. */
window.addEventListener("portcullis-token", (event) => {
  if (typeof event.detail === "string" || typeof event.detail === "function") {
    signIn(event.detail);
  }
});

/** What is kept in memory must not come back by the browser's back button. */
window.addEventListener("pagehide", () => {
  if (!client.renews) {
    signOut();
  }
});

// Lists

function fail(failure) {
  if (failure.status === 401) {
    signOut(told(failure));
    return;
  }
  byId("notice-text").textContent = told(failure);
  byId("retry").hidden = failure.status === 403;
  byId("notice").hidden = false;
}

/** Whether a dialog had better close: who is signed out, or may do nothing, cannot go on there. */
const givesUp = (failure) => failure.status === 401 || failure.status === 404;

async function load(where) {
  const mine = ++turn;
  const loaded = view;
  byId("notice").hidden = true;
  byId("more").hidden = true;
  byId("loading").hidden = false;
  try {
    const page = await client.list(where);
    if (mine === turn) {
      add(loaded, page.items);
      next = page.next;
    }
  } catch (failure) {
    if (mine === turn) {
      next = where;
      fail(failure);
    }
  } finally {
    if (mine === turn) {
      byId("loading").hidden = true;
      arrange();
    }
  }
}

function add(list, items) {
  const body = byId(list).tBodies[0];
  for (const item of items) {
    if (list === "keys") {
      put(item, (row) => body.append(row));
    } else {
      body.append(auditRow(item, (id) => names.get(id)));
    }
  }
}

/** Shows a key: in the place of its row, or where `insert` puts a new one. */
function put(key, insert) {
  const row = keyRow(key, act);
  const before = keys.get(key.id);
  if (before) {
    before.replaceWith(row);
  } else {
    insert(row);
  }
  keys.set(key.id, row);
  names.set(key.id, key.name);
}

function arrange() {
  const failed = !byId("notice").hidden;
  for (const list of ["keys", "audit"]) {
    const empty = byId(list).tBodies[0].rows.length === 0;
    byId(list).hidden = empty;
    byId(`no-${list}`).hidden = !empty || failed || !byId("loading").hidden;
  }
  byId("more").hidden = failed || next === null || !byId("loading").hidden;
}

function selectView(name, focus = true) {
  view = name;
  for (const each of ["keys", "audit"]) {
    const chosen = each === name;
    byId(`tab-${each}`).setAttribute("aria-selected", String(chosen));
    byId(`tab-${each}`).tabIndex = chosen ? 0 : -1;
    byId(`${each}-panel`).hidden = !chosen;
  }
  if (focus) {
    byId(`tab-${name}`).focus();
  }
  if (name === "keys") {
    keys.clear();
  }
  byId(name).tBodies[0].replaceChildren();
  byId(name).hidden = true;
  byId(`no-${name}`).hidden = true;
  load(LISTS[name]);
}

for (const name of ["keys", "audit"]) {
  byId(`tab-${name}`).addEventListener("click", () => selectView(name));
  byId(`tab-${name}`).addEventListener("keydown", (event) => {
    if (["ArrowLeft", "ArrowRight"].includes(event.key)) {
      selectView(name === "keys" ? "audit" : "keys");
    }
  });
}

byId("more").addEventListener("click", async () => {
  const body = byId(view).tBodies[0];
  const shown = body.rows.length;
  await load(next);
  const first = body.rows[shown];
  first?.setAttribute("tabindex", "-1");
  first?.focus();
  say(`${body.rows.length} rows are shown.`);
});

byId("retry").addEventListener("click", () => load(next ?? LISTS[view]));

// What can be done

async function act(action, key) {
  try {
    await { rotate, change, revoke, delete: remove }[action](key);
  } catch (failure) {
    if (failure.status === 404) {
      drop(key);
      say(told(failure));
    } else {
      fail(failure);
    }
  }
}

async function make() {
  try {
    const issued = await dialogs.issue(client, held, givesUp);
    if (issued) {
      await take(issued);
      say("The key is made.");
    }
  } catch (failure) {
    fail(failure);
  }
}

/** Shows what was issued, and leads back to its row. */
async function take(issued) {
  if (view !== "keys") {
    selectView("keys", false);
  }
  put(issued.api_key, (row) => byId("keys").tBodies[0].prepend(row));
  arrange();
  await dialogs.show(issued);
  focusRow(issued.api_key.id);
}

function focusRow(id) {
  const buttons = keys.get(id)?.querySelectorAll("button");
  (buttons?.[0] ?? byId("new-key")).focus();
}

async function rotate(key) {
  const issued = await dialogs.rotate(client, key, givesUp);
  if (!issued) {
    return;
  }
  await take(issued);
  say("The key is rotated.");
  put(await client.get(key.id), () => {});
}

async function change(key) {
  const changed = await dialogs.change(client, key, held, givesUp);
  if (changed) {
    put(changed, () => {});
    say("The key is changed.");
    keys.get(key.id)?.querySelector(".change")?.focus();
  }
}

async function revoke(key) {
  const text = "Programs that use it stop working at once. This cannot be undone.";
  const revoked = await dialogs.confirm("Revoke", key, text, "Revoke key", () => client.revoke(key.id), givesUp);
  if (revoked) {
    put(revoked, () => {});
    say("The key is revoked.");
    focusRow(key.id);
  }
}

async function remove(key) {
  const text = "It stops working at once and disappears from this list. What was done to it stays under Activity. This cannot be undone.";
  const send = async () => {
    await client.remove(key.id);
    return true;
  };
  if (await dialogs.confirm("Delete", key, text, "Delete key", send, givesUp)) {
    drop(key);
    say("The key is deleted.");
  }
}

function drop(key) {
  keys.get(key.id)?.remove();
  keys.delete(key.id);
  arrange();
  byId("new-key").focus();
}

byId("new-key").addEventListener("click", make);
byId("first-key").addEventListener("click", make);

if (meta("portcullis-token-script") === "") {
  askForToken();
} else {
  show("waiting");
}
