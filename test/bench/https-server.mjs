// What a benchmark downloads from: `/bytes/N` gives N bytes, everything else a short answer.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { pipeline, Readable } from 'node:stream';
import { createSecureContext } from 'node:tls';

const identities = Object.entries(JSON.parse(readFileSync(process.argv[2], 'utf8')));
const contexts = new Map(
  identities.map(([name, { certificate, key }]) => [name, createSecureContext({ cert: certificate, key })]),
);
const [[, first]] = identities;
const CHUNK = Buffer.alloc(64 * 1024, 'x');

const chunksOf = function* (bytes) {
  for (let left = bytes; left > 0; left -= CHUNK.length)
    yield left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
};

createServer(
  { cert: first.certificate, key: first.key, SNICallback: (name, done) => done(null, contexts.get(name)) },
  (request, response) => {
    const bytes = /^\/bytes\/(\d+)$/.exec(request.url ?? '')?.[1];
    if (bytes === undefined) response.end('{"ok": true}\n');
    else {
      response.setHeader('Content-Length', bytes);
      pipeline(Readable.from(chunksOf(Number(bytes))), response, () => {});
    }
  },
).listen(443, '0.0.0.0', () => process.stdout.write('ready\n'));
