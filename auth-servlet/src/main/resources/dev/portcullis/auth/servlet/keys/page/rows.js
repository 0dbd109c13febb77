// Rows of the two tables. Whatever comes from the server is text, never markup, and cannot change the direction of what
// stands beside it.

import { timeElement } from "./words.js";

const SOON = 7 * 86_400_000;

const ACTIONS = {
  issue: "Issued",
  rotate: "Rotated",
  revoke: "Revoked",
  change: "Changed",
  delete: "Deleted",
  import: "Imported",
  "leak-revocation": "Found in public, revoked",
};

function row(template) {
  return document.getElementById(template).content.firstElementChild.cloneNode(true);
}

function put(parent, selector, ...content) {
  parent.querySelector(selector).replaceChildren(...content);
}

function state(key) {
  if (key.revoked_at !== null) {
    return ["Revoked", "revoked"];
  }
  if (!key.is_active) {
    return ["Expired", "expired"];
  }
  const ends = key.expires_at !== null && new Date(key.expires_at).getTime() - Date.now() < SOON;
  return ends ? ["Expires soon", "soon"] : ["Active", "active"];
}

/** A key's row; `act` is called with what its buttons are to do. */
export function keyRow(key, act) {
  const element = row("key-row");
  const [label, kind] = state(key);
  put(element, ".name", key.name);
  put(element, ".environment", key.environment);
  put(element, ".prefix", `${key.key_prefix}…`);
  put(element, ".state", label);
  element.querySelector(".state").classList.add(kind);
  put(element, ".scopes", ...scopes(key.scopes));
  put(element, ".used", key.last_used_at === null ? "Never" : timeElement(key.last_used_at));
  put(element, ".expires", key.expires_at === null ? "Never" : timeElement(key.expires_at));
  for (const action of ["rotate", "change", "revoke", "delete"]) {
    const button = element.querySelector(`.row-actions .${action}`);
    if (key.is_active || action === "delete") {
      button.setAttribute("aria-label", `${button.textContent} ${key.name}`);
      button.addEventListener("click", () => act(action, key));
    } else {
      button.remove();
    }
  }
  return element;
}

function scopes(names) {
  if (names.length === 0) {
    const none = document.createElement("li");
    none.className = "none";
    none.append("None");
    return [none];
  }
  return names.map((name) => {
    const item = document.createElement("li");
    item.append(name);
    return item;
  });
}

/** A record's row; `nameOf` tells what a key is called, if that is known. */
export function auditRow(record, nameOf) {
  const element = row("audit-row");
  put(element, ".at", timeElement(record.at));
  put(element, ".action", ACTIONS[record.action] ?? record.action);
  put(element, ".key", nameOf(record.key_id) ?? record.key_id);
  put(element, ".by", record.by);
  put(element, ".from", record.from);
  return element;
}
