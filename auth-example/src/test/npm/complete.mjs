// openai and @anthropic-ai/sdk, unchanged, at an API on loopback: answers in one piece and streamed, and refusals.
// Arguments: the port, a key, a key that was revoked, and a file for what came out.
import { writeFileSync } from 'node:fs';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

const [port, key, revoked, out] = process.argv.slice(2);
const address = `http://127.0.0.1:${port}`;
const openai = (apiKey) => new OpenAI({ apiKey, baseURL: `${address}/v1`, maxRetries: 0 });
const anthropic = (apiKey) => new Anthropic({ apiKey, baseURL: address, maxRetries: 0 });

const model = 'Text-Prime';
const messages = [{ role: 'user', content: 'Hello there' }];
const large = [{ role: 'user', content: 'x'.repeat(20000) }];

async function failure(call) {
  try {
    await call();
    return null;
  } catch (e) {
    return { type: e.constructor.name, status: e.status, message: e.message };
  }
}

async function refusals(call) {
  return {
    revoked: await failure(() => call(revoked, messages)),
    empty: await failure(() => call(key, [])),
    large: await failure(() => call(key, large)),
  };
}

async function streamedCompletion() {
  const pieces = [];
  let usage = null;
  const options = { model, messages, stream: true, stream_options: { include_usage: true } };
  for await (const chunk of await openai(key).chat.completions.create(options)) {
    const piece = chunk.choices[0]?.delta?.content;
    if (piece) {
      pieces.push(piece);
    }
    usage = chunk.usage ?? usage;
  }
  return { pieces, text: pieces.join(''), usage };
}

const completion = await openai(key).chat.completions.create({ model, messages });
const streamed = await streamedCompletion();
const message = await anthropic(key).messages.create({ model, max_tokens: 100, messages });
const cut = await anthropic(key).messages.create({ model, max_tokens: 3, messages });
const final = await anthropic(key).messages.stream({ model, max_tokens: 100, messages }).finalMessage();

const result = {
  completion,
  streamed,
  message,
  cut,
  final,
  openai: await refusals((apiKey, asked) => openai(apiKey).chat.completions.create({ model, messages: asked })),
  anthropic: await refusals((apiKey, asked) =>
    anthropic(apiKey).messages.create({ model, max_tokens: 100, messages: asked })),
};
writeFileSync(out, JSON.stringify(result));
