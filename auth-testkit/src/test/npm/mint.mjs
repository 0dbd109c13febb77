// Makes an RSA key and signs tokens with it, as an issuer that runs on jose does.
// usage: node mint.mjs <issuer> <now, in seconds since 1970> <file>
// Writes {"jwks": …, "tokens": [{"name", "token", "claims"}, …]} to the file.
import { writeFileSync } from 'node:fs';
import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';

const [issuer, seconds, file] = process.argv.slice(2);
const now = Number(seconds);

const { publicKey, privateKey } = await generateKeyPair('RS256');
const jwk = await exportJWK(publicKey);
const kid = await calculateJwkThumbprint(jwk);
const usual = { alg: 'RS256', typ: 'JWT', kid };

const clerk = {
  azp: 'https://app.example',
  exp: now + 60,
  fva: [3, -1],
  iat: now,
  iss: issuer,
  jti: '4f1c9a7e',
  nbf: now - 10,
  sid: 'sess_2aXf4hH8vQ',
  sub: 'user_2aXf4kd0Pz',
  aud: 'api',
  permissions: ['catalog:read', 'catalog:write', 'holdings:read', 'holdings:write'],
};

const cases = {
  'like Clerk\'s': [usual, clerk],
  'an access token of RFC 9068': [
    { ...usual, typ: 'at+jwt' },
    { iss: issuer, aud: ['https://other.example', 'api'], sub: 'user-1', client_id: 's6BhdRkqt3', iat: now, exp: now + 600, jti: 'dbe39bf3', scope: 'openid profile', permissions: 'catalog:read holdings:read' },
  ],
  'a type with its prefix': [{ ...usual, typ: 'application/at+jwt' }, { ...clerk, sub: 'user-2' }],
  'no type': [{ alg: 'RS256', kid }, { ...clerk, sub: 'user-3' }],
  'no kid': [{ alg: 'RS256' }, { ...clerk, sub: 'user-4' }],
  'an unknown header parameter': [{ ...usual, cat: 'cl_B7d4PD111AAA', cty: 'json' }, { ...clerk, sub: 'user-5' }],
  'text from everywhere': [
    usual,
    { ...clerk, sub: 'Zoë 王小明 🔑 \u{1F469}\u200D\u{1F4BB}', name: 'שלום\u202E \u0000\u001F\u007F\u2028\uFFFF "\\/', 'clé "été"': 'ß' },
  ],
  'dates with fractions': [usual, { ...clerk, iat: now - 0.5, nbf: now - 0.001, exp: now + 60.25 }],
  'numbers': [usual, { ...clerk, numbers: [0, -1, 0.1, 1e21, 2.5e-300, 1.7976931348623157e308, Number.MAX_SAFE_INTEGER, -9007199254740991, 123456.789] }],
  'nested claims': [usual, { ...clerk, o: { id: 'org_1', rol: 'admin', fpm: { a: [1, [2, [3, {}]]] } }, act: { sub: 'admin-1' }, empty: [], no: null, yes: true, never: false }],
  'nothing but what is needed': [{ alg: 'RS256' }, { iss: issuer, aud: 'api', exp: now + 1 }],
  'long': [usual, { ...clerk, permissions: Array.from({ length: 400 }, (_, i) => `section-${i}:read`) }],
};

const tokens = [];
for (const [name, [header, claims]] of Object.entries(cases)) {
  tokens.push({ name, claims, token: await new SignJWT(claims).setProtectedHeader(header).sign(privateKey) });
}
const keys = [{ ...jwk, kid, alg: 'RS256', use: 'sig' }];
writeFileSync(file, JSON.stringify({ jwks: { keys }, tokens }));
