import { isIP } from 'node:net';
import { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseClientHello } from '../../../src/keeper/network/client-hello.ts';
import { canonicalHostName } from '../../../src/lib/host-name.ts';
import { hellos } from '../../fuzz/network-inputs.ts';
import { NETWORK_TARGETS } from '../../fuzz/network-targets.ts';

// A few at each change; 100,000 of each: test/fuzz/fuzz.proof.ts.
const RUNS = 2000;

test.each(Object.entries(NETWORK_TARGETS))(
  'damaged %s throw nothing and are read in one way',
  async (_name, make) => {
    const { inputs, use } = await make();
    const ends: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(inputs, async (bytes) => {
        const end = await use(bytes);
        ends[end] = (ends[end] ?? 0) + 1;
      }),
      { numRuns: RUNS },
    );
    // The damage is of use only while some of it is taken and some is not.
    expect(Object.keys(ends).length).toBeGreaterThan(2);
  },
);

const secureContext = createSecureContext();
/** Turns of the event loop within which OpenSSL has read a hello that is all there. */
const TURNS = 10;

/** The name that OpenSSL, as a server, reads in a hello; undefined where it reads none. */
const nameForOpenssl = (bytes: Buffer): Promise<string | undefined> =>
  new Promise((resolve) => {
    const wire = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() });
    const end = (name?: string): void => {
      resolve(name);
      socket.destroy();
      wire.destroy();
    };
    const socket = new TLSSocket(wire, {
      ...{ isServer: true, secureContext, ALPNProtocols: ['http/1.1', 'h2'] },
      SNICallback: (name, done) => {
        end(name);
        done(null);
      },
    });
    socket.on('error', () => end());
    wire.push(bytes);
    const wait = (turns: number): void => {
      if (turns === 0) end();
      else setImmediate(wait, turns - 1);
    };
    wait(TURNS);
  });

test('OpenSSL reads no other name in a damaged hello', async () => {
  let named = 0;
  await fc.assert(
    fc.asyncProperty(await hellos(), async (bytes) => {
      const name = await nameForOpenssl(bytes);
      if (name === undefined) return;
      const result = parseClientHello(bytes);
      if (result.kind === 'invalid') return;
      named += 1;
      const expected = isIP(name) === 0 ? canonicalHostName(name) : undefined;
      expect(result).toMatchObject({
        kind: 'hello',
        ...(expected === undefined ? {} : { serverName: expected }),
      });
    }),
    { numRuns: RUNS },
  );
  expect(named).toBeGreaterThan(RUNS / 50);
}, 120_000);
