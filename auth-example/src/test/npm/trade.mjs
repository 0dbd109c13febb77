// ccxt's class for GRVT, unchanged, at an API on loopback: a login with a key, then private calls.
// Arguments: the port, a key that may read and trade, a key that may only read, and a file for what came out.
import dns from 'node:dns';
import { writeFileSync } from 'node:fs';
import ccxt from 'ccxt';

const [port, trader, reader, out] = process.argv.slice(2);

// Names under localhost are loopback (RFC 6761 section 6.3), which not every resolver knows.
const lookup = dns.lookup;
dns.lookup = (name, options, callback) => lookup(name.endsWith('.localhost') ? '127.0.0.1' : name, options, callback);

function client(apiKey) {
  const grvt = new ccxt.grvt({
    apiKey,
    // The class asks for one before it logs in with a wallet, which a session that is there already spares it.
    privateKey: '0x' + '11'.repeat(32),
    options: { builderFee: false, accountId: '2147050003876484', userMainAccountId: 'main' },
  });
  grvt.urls.api = {
    privateEdge: `http://edge.localhost:${port}/`,
    privateTrading: `http://trades.localhost:${port}/`,
    publicMarket: `http://market-data.localhost:${port}/`,
  };
  return grvt;
}

async function failure(call) {
  try {
    await call();
    return null;
  } catch (e) {
    return { type: e.constructor.name, message: e.message };
  }
}

const grvt = client(trader);
const login = await grvt.signInWithApiKey();
const balance = await grvt.fetchBalance();
const order = await grvt.privateTradingPostFullV1CreateOrder({ instrument: 'BTC_USDT_Perp' });

const limited = client(reader);
await limited.signInWithApiKey();
const forbidden = await failure(() => limited.privateTradingPostFullV1CreateOrder({}));
const unknown = await failure(() => client('grd_live_' + '0'.repeat(48)).signInWithApiKey());

grvt.options.AuthCookieValue = 'gravity=' + 'A'.repeat(43);
const ended = await failure(() => grvt.privateTradingPostFullV1AccountSummary({}));

writeFileSync(out, JSON.stringify({ login, total: balance.total, order, forbidden, unknown, ended }));
