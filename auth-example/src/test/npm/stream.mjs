// ws, unchanged, at a WebSocket on loopback: upgrades that are refused, one that is accepted, and its end.
// Arguments: the port, the cookie, the account, and a file for what came out.
import { writeFileSync } from 'node:fs';
import WebSocket from 'ws';

const [port, cookie, account, out] = process.argv.slice(2);
const both = { Cookie: cookie, 'X-Grvt-Account-Id': account };

function open(headers) {
  return new WebSocket(`ws://127.0.0.1:${port}/ws/full`, { headers: { Host: `trades.localhost:${port}`, ...headers } });
}

function refusal(headers) {
  return new Promise((resolve, reject) => {
    const socket = open(headers);
    socket.on('open', () => reject(new Error('It was accepted')));
    socket.on('error', reject);
    socket.on('unexpected-response', (request, response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
  });
}

// Sends something, and logs out when it has come back.
function accepted() {
  return new Promise((resolve, reject) => {
    const socket = open(both);
    const messages = [];
    socket.on('error', reject);
    socket.on('open', () => socket.send('hello'));
    socket.on('message', async (data) => {
      messages.push(JSON.parse(data.toString()));
      if (messages.length === 2) {
        await fetch(`http://127.0.0.1:${port}/auth/logout`, { method: 'POST', headers: both });
      }
    });
    socket.on('close', (code, reason) => resolve({ messages, code, reason: reason.toString() }));
  });
}

const nothing = await refusal({});
const half = await refusal({ Cookie: cookie });
const whole = await accepted();
const over = await refusal(both);
writeFileSync(out, JSON.stringify({ nothing, half, whole, over }));
