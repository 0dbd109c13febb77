// The dialogs. Each asks, sends, and stays open with what is wrong until it is closed or has succeeded.

import { told } from "./words.js";

const byId = (id) => document.getElementById(id);

function tell(dialog, failure) {
  let rest = [];
  for (const element of dialog.querySelectorAll("[data-error]")) {
    const messages = failure?.errors[element.dataset.error] ?? [];
    element.textContent = messages.join(" ");
    for (const input of dialog.querySelectorAll(`[aria-describedby~="${element.id}"]`)) {
      input.toggleAttribute("aria-invalid", messages.length > 0);
      if (messages.length > 0) {
        input.setAttribute("aria-invalid", "true");
      }
    }
  }
  if (failure) {
    const placed = [...dialog.querySelectorAll("[data-error]")].map((element) => element.dataset.error);
    rest = Object.keys(failure.errors).filter((field) => !placed.includes(field)).flatMap((field) => failure.errors[field]);
    if (rest.length === 0 && Object.keys(failure.errors).length === 0) {
      rest = [told(failure)];
    }
  }
  dialog.querySelector(".whole").textContent = rest.join(" ");
  dialog.querySelector("input[aria-invalid], select[aria-invalid]")?.focus();
}

/**
 * Opens a dialog. `send` is called when its form is sent, again if it fails; the promise gives what it gave, or
 * undefined if the dialog was closed instead. A failure that `gives up` on closes the dialog and is thrown.
 */
function ask(dialog, send, givesUp) {
  const form = dialog.querySelector("form");
  const buttons = dialog.querySelectorAll("button");
  tell(dialog, null);
  return new Promise((resolve, reject) => {
    let sending = false;
    const end = new AbortController();
    const on = (target, type, listener) => target.addEventListener(type, listener, { signal: end.signal });
    const settle = (how, what) => {
      end.abort();
      if (dialog.open) {
        dialog.close();
      }
      how(what);
    };
    const busy = (now) => {
      sending = now;
      form.setAttribute("aria-busy", String(now));
      buttons.forEach((button) => button.toggleAttribute("disabled", now));
    };
    on(dialog, "cancel", (event) => (sending ? event.preventDefault() : undefined));
    on(dialog, "close", () => settle(resolve, undefined));
    on(dialog.querySelector(".cancel"), "click", () => dialog.close());
    on(form, "submit", async (event) => {
      event.preventDefault();
      if (sending) {
        return;
      }
      busy(true);
      tell(dialog, null);
      try {
        const result = await send(new FormData(form));
        busy(false);
        settle(resolve, result);
      } catch (failure) {
        busy(false);
        if (givesUp(failure)) {
          settle(reject, failure);
        } else {
          tell(dialog, failure);
        }
      }
    });
    dialog.showModal();
  });
}

function freshName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function expiry(data) {
  const choice = data.get("expiry");
  if (choice === "") {
    return null;
  }
  const time = choice === "date" ? new Date(data.get("date")) : new Date(Date.now() + Number(choice) * 86_400_000);
  return Number.isNaN(time.getTime()) ? String(data.get("date")) : time.toISOString();
}

function choices(held, chosen = []) {
  return held.map((scope) => {
    const label = document.createElement("label");
    label.className = "choice";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.name = "held";
    box.value = scope;
    box.checked = chosen.includes(scope);
    label.append(box, " ", scope);
    return label;
  });
}

/** The scopes that are ticked or typed, each once. */
function scopesOf(data) {
  const typed = String(data.get("scopes")).split(/\s+/).filter((scope) => scope !== "");
  return [...new Set([...data.getAll("held"), ...typed])];
}

/** Asks for a new key. `held` are the caller's own permissions, as far as they are known. */
export function issue(client, held, givesUp) {
  const dialog = byId("issue");
  dialog.querySelector("form").reset();
  byId("issue-date").hidden = true;
  byId("issue-held").replaceChildren(...choices(held));
  byId("issue-scopes-label").textContent = held.length > 0 ? "Others, separated by spaces" : "Scopes, separated by spaces";
  let once = freshName();
  let sent = "";
  return ask(
    dialog,
    (data) => {
      const fields = {
        name: data.get("name"),
        environment: data.get("environment"),
        scopes: scopesOf(data),
      };
      const choice = `${JSON.stringify(fields)} ${data.get("expiry")} ${data.get("date")}`;
      if (choice !== sent) {
        sent = choice; // another request, and not the same again
        once = freshName();
        dialog.dataset.expiresAt = JSON.stringify(expiry(data));
      }
      fields.expires_at = JSON.parse(dialog.dataset.expiresAt);
      return client.issue(fields, once);
    },
    givesUp,
  );
}

byId("issue-expiry").addEventListener("change", (event) => {
  const date = byId("issue-date");
  date.hidden = event.target.value !== "date";
  if (!date.hidden) {
    date.focus();
  }
});

/** Asks for another name and other scopes. What was left as it is is not sent: somebody else may have changed it. */
export function change(client, key, held, givesUp) {
  const dialog = byId("change");
  dialog.querySelector("form").reset();
  dialog.querySelector(".name").textContent = key.name;
  byId("change-name").value = key.name;
  byId("change-held").replaceChildren(...choices([...new Set([...held, ...key.scopes])], key.scopes));
  return ask(
    dialog,
    (data) => {
      const fields = {};
      if (data.get("name") !== key.name) {
        fields.name = data.get("name");
      }
      const scopes = scopesOf(data);
      if (scopes.length !== key.scopes.length || scopes.some((scope) => !key.scopes.includes(scope))) {
        fields.scopes = scopes;
      }
      return client.change(key.id, fields);
    },
    givesUp,
  );
}

export function rotate(client, key, givesUp) {
  const dialog = byId("rotate");
  dialog.querySelector("form").reset();
  dialog.querySelector(".name").textContent = key.name;
  return ask(dialog, (data) => client.rotate(key.id, { overlap_seconds: Number(data.get("overlap")) }), givesUp);
}

/** Asks whether something is to be done that cannot be undone. */
export function confirm(verb, key, text, button, send, givesUp) {
  const dialog = byId("confirm");
  dialog.querySelector(".verb").textContent = verb;
  dialog.querySelector(".name").textContent = key.name;
  byId("confirm-text").textContent = text;
  dialog.querySelector(".danger").textContent = button;
  return ask(dialog, send, givesUp);
}

/** Shows a key that was issued, this once. It does not close by Escape, so that the key is not lost by a slip. */
export function show(issued) {
  const dialog = byId("shown");
  const code = byId("plaintext");
  const lost = issued.plaintext === null;
  byId("shown-title").textContent = lost ? "The key was made already" : "Your new key";
  byId("shown-warning").textContent = lost
    ? "It was made by your first try, but the answer with the key did not reach you, and it is shown only once. Revoke it and make another."
    : "Copy it now and keep it where secrets are kept. It is shown this once: nobody can look it up later.";
  code.textContent = issued.plaintext ?? "";
  dialog.querySelector(".plaintext").hidden = lost;
  dialog.querySelector(".actions button").textContent = lost ? "Close" : "I have stored it";
  byId("copied").textContent = "";
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        code.textContent = "";
        resolve();
      },
      { once: true },
    );
    dialog.showModal();
    (lost ? dialog.querySelector(".actions button") : byId("copy")).focus();
  });
}

byId("shown").addEventListener("cancel", (event) => event.preventDefault());

byId("copy").addEventListener("click", async () => {
  const code = byId("plaintext");
  try {
    await navigator.clipboard.writeText(code.textContent);
    byId("copied").textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(code);
    code.focus();
    byId("copied").textContent = "It is selected: copy it with your keyboard.";
  }
});

/** Closes whatever is open, and takes a key that is shown out of the page. */
export function closeAll() {
  byId("plaintext").textContent = "";
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
}
