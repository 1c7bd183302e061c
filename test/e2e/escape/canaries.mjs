// What a hostile guest must not reach: servers that tell on stdout, one JSON document a line, whatever comes to them.
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createSecureContext, createServer as createTlsServer } from 'node:tls';
import packet from 'dns-packet';

const MOST_BYTES = 64 * 1024;
const config = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const tell = (hit) => process.stdout.write(`${JSON.stringify(hit)}\n`);

/** Answers each HTTP request with what it said itself; what else comes is only kept. */
const listen = (socket, protocol) => {
  const hit = { protocol, address: socket.localAddress ?? '', port: socket.localPort ?? 0 };
  let data = '';
  tell({ ...hit, event: 'connect', name: socket.servername || null });
  socket.setTimeout(15_000, () => socket.destroy());
  socket.on('error', () => {});
  socket.on('end', () => socket.end());
  socket.on('data', (chunk) => {
    if (data.length > MOST_BYTES) return;
    data += chunk.toString('latin1');
    tell({ ...hit, event: 'data', name: socket.servername || null, data: chunk.toString('latin1') });
    const head = data.indexOf('\r\n\r\n');
    if (head < 0) return;
    const isUpgrade = /^upgrade: websocket/im.test(data.slice(0, head));
    const body = data.slice(0, head);
    data = '';
    socket.write(
      isUpgrade
        ? 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'
        : `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nX-Echo: ${/^authorization: (.*)$/im.exec(body)?.[1]?.trim() ?? ''}\r\n\r\n${body}`,
    );
  });
};

for (const port of config.tcp) createServer((socket) => listen(socket, 'tcp')).listen(port, '0.0.0.0');
for (const port of config.tcp6 ?? [])
  createServer((socket) => listen(socket, 'tcp6')).listen({ port, host: '::', ipv6Only: true });
for (const path of config.unix ?? []) createServer((socket) => listen(socket, 'unix')).listen(path);

if (config.tls !== undefined) {
  const identities = new Map(Object.entries(config.tls.identities));
  const contexts = new Map(
    [...identities].map(([name, { certificate, key }]) => [
      name,
      createSecureContext({ cert: certificate, key }),
    ]),
  );
  const [first] = identities.values();
  createTlsServer(
    {
      cert: first.certificate,
      key: first.key,
      SNICallback: (name, done) => done(null, contexts.get(name)),
    },
    (socket) => listen(socket, 'tls'),
  )
    .on('connection', (socket) =>
      tell({
        protocol: 'tls',
        address: socket.localAddress ?? '',
        port: config.tls.port,
        event: 'connect',
        name: null,
      }),
    )
    .on('tlsClientError', () => {})
    .listen(config.tls.port, '0.0.0.0');
}

for (const { port, address } of config.udp ?? []) {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', (message) =>
    tell({
      protocol: 'udp',
      address: address ?? '',
      port,
      event: 'data',
      name: null,
      data: message.toString('latin1'),
    }),
  );
  socket.on('error', (error) =>
    tell({ protocol: 'udp', address: '', port, event: 'broken', name: error.message }),
  );
  socket.bind(port, address ?? '0.0.0.0');
}

if (config.dns !== undefined) {
  const asked = new Map();
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', (message, from) => {
    const query = packet.decode(message);
    const [question] = query.questions ?? [];
    const name = question?.name.toLowerCase() ?? '';
    tell({
      protocol: 'dns',
      address: config.dns.address,
      port: 53,
      event: 'data',
      name,
      data: question?.type ?? '',
    });
    const parent = Object.keys(config.dns.below).find((one) => name.endsWith(one));
    const known = config.dns.records[name] ?? (parent === undefined ? undefined : config.dns.below[parent]);
    const count = asked.get(name) ?? 0;
    asked.set(name, count + 1);
    // Records that change: each question gets the next one, and from then on the last.
    const records = known?.[0]?.constructor === Array ? known[Math.min(count, known.length - 1)] : known;
    const answers = (records ?? [])
      .filter(({ type }) => type === question?.type)
      .map(({ type, data }) => ({ type, name: question.name, ttl: 0, data }));
    socket.send(
      packet.encode({
        type: 'response',
        id: query.id,
        flags: packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | (known === undefined ? 3 : 0),
        questions: query.questions,
        answers,
      }),
      from.port,
      from.address,
    );
  });
  socket.bind(53, config.dns.address);
}
setTimeout(() => tell({ event: 'ready' }), 300);
