// Asks the endpoints. The token lives in this object and nowhere else.

const PATIENCE = 15_000;

/** An answer that is no success, or no answer at all: then its status is 0. */
export class Failure extends Error {
  constructor(status, body = {}, retryAfter = 0) {
    super(typeof body.detail === "string" ? body.detail : "");
    this.status = status;
    this.errors = body.errors ?? {};
    this.retryAfter = retryAfter;
  }
}

export class Client {
  #base;
  #token = null;

  constructor(base) {
    this.#base = new URL(base.endsWith("/") ? base : `${base}/`, location.href);
  }

  /** Takes a token, or a function that gives a fresh one for each request. */
  use(token) {
    this.#token = token;
  }

  forget() {
    this.#token = null;
  }

  get renews() {
    return typeof this.#token === "function";
  }

  /** The token as it is now, for what it says of its owner; it is not checked here. */
  async token() {
    const token = this.renews ? await this.#token() : this.#token;
    return typeof token === "string" ? token.trim() : "";
  }

  /** A page of a list, and where the next one is; null on the last page. */
  async list(where) {
    const url = new URL(where, this.#base);
    const response = await this.#send("GET", url);
    return { items: await json(response), next: next(response, url) };
  }

  async get(id) {
    return json(await this.#send("GET", this.#url(id)));
  }

  async issue(fields, idempotencyKey) {
    return json(await this.#send("POST", this.#base, fields, { "Idempotency-Key": idempotencyKey }));
  }

  async change(id, fields) {
    return json(await this.#send("PATCH", this.#url(id), fields));
  }

  async rotate(id, fields) {
    return json(await this.#send("POST", this.#url(id, "rotate/"), fields));
  }

  async revoke(id) {
    return json(await this.#send("POST", this.#url(id, "revoke/")));
  }

  async remove(id) {
    await this.#send("DELETE", this.#url(id));
  }

  #url(id, more = "") {
    return new URL(`${encodeURIComponent(id)}/${more}`, this.#base);
  }

  /** A token that is renewed may have expired on its way: then it is asked for once more. */
  async #send(method, url, fields, headers = {}) {
    try {
      return await this.#sendOnce(method, url, fields, headers);
    } catch (failure) {
      if (failure.status === 401 && this.renews) {
        return this.#sendOnce(method, url, fields, headers);
      }
      throw failure;
    }
  }

  async #sendOnce(method, url, fields, headers) {
    const request = {
      method,
      headers: { Accept: "application/json", ...headers },
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
    };
    let response;
    try {
      request.headers.Authorization = `Bearer ${await this.token()}`;
      if (fields !== undefined) {
        request.headers["Content-Type"] = "application/json";
        request.body = JSON.stringify(fields);
      }
      request.signal = AbortSignal.timeout(PATIENCE);
      response = await fetch(url, request);
    } catch {
      throw new Failure(0);
    }
    if (!response.ok) {
      throw await failure(response);
    }
    return response;
  }
}

/** A success that is none of the endpoints' is a failure that nothing more is known about. */
async function json(response) {
  try {
    return await response.json();
  } catch {
    throw new Failure(response.status);
  }
}

async function failure(response) {
  let body;
  try {
    body = await response.json();
  } catch {
    body = {};
  }
  const wait = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  return new Failure(response.status, body ?? {}, Number.isFinite(wait) ? wait : 0);
}

function next(response, url) {
  const link = /^<([^>]*)>;\s*rel="next"$/.exec(response.headers.get("Link") ?? "");
  if (link === null) {
    return null;
  }
  const target = new URL(link[1], url);
  return target.origin === location.origin ? target : null;
}
