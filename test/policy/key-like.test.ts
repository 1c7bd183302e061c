import { expect, test } from 'vitest';
import { isKeyLike } from '../../src/policy/key-like.ts';

const of = (...parts: readonly string[]): string => parts.join('');

test.each([
  ['X', of('ghp', '_', 'a1'.repeat(18))],
  ['X', of('github', '_pat_', 'A1b2'.repeat(10))],
  ['X', of('sk', '-proj-', 'a1b2'.repeat(10))],
  ['X', of('AK', 'IA', 'ABCDEFGH12345678')],
  ['X', of('-----BEGIN ', 'OPENSSH PRIVATE KEY-----\nabc')],
  ['X', of('eyJ', 'hbGciOiJIUzI1NiJ9', '.eyJ', 'zdWIiOiIxMjM0')],
  ['API_KEY', 'a8f5f167f44f4964e6c998dee827110c'],
  ['DB_PASSWORD', 'Xk29-fjQ0.pw_77aa'],
  ['npm_token', '0123456789abcdef'],
])('%s may be a key', (name, value) => expect(isKeyLike(name, value)).toBe(true));

test.each([
  ['NODE_ENV', 'development'],
  ['API_KEY', ''],
  ['API_KEY', 'changeme'],
  ['API_KEY_FILE', '/run/secrets/api-key-0123456789'],
  ['TOKEN', '/run/secrets/token-0123456789'],
  ['TOKEN_URL', 'https://auth.example/oauth2/token0'],
  ['PASSWORD', 'postgres'],
  ['SECRET', 'a sentence with 16 words in it, or so'],
  ['COMMIT', 'a8f5f167f44f4964e6c998dee827110c'],
  ['MAX_TOKENS', '0123456789abcdef'],
  ['TOKEN', '1234567890123456'],
])('%s=%s is none', (name, value) => expect(isKeyLike(name, value)).toBe(false));

test('a long value costs no time', () => {
  const begun = performance.now();
  for (const value of [
    'a'.repeat(1_000_000),
    '1'.repeat(1_000_000),
    '-'.repeat(1_000_000),
    'eyJ'.repeat(300_000),
  ]) {
    isKeyLike('API_KEY', value);
  }
  expect(performance.now() - begun).toBeLessThan(1000);
});
