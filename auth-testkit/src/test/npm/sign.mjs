// Signs a request with tweetnacl: private key, timestamp, method, target and body are lines of standard input.
import nacl from "tweetnacl";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const [seed, timestamp, method, target, body] = readFileSync(0, "utf8").split("\n");
const pair = nacl.sign.keyPair.fromSeed(Buffer.from(seed, "base64"));
const message = Buffer.from(timestamp + method + target + body);
console.log("x-thegrid-timestamp:", timestamp);
console.log("x-thegrid-fingerprint:", createHash("sha256").update(pair.publicKey).digest("base64").replace("=", ""));
console.log("x-thegrid-signature:", Buffer.from(nacl.sign.detached(message, pair.secretKey)).toString("base64"));
