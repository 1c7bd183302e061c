import { join } from 'node:path';
import { parseSource } from './parse.ts';
import { readSource } from './source.ts';
import { type Tree, treeToJson } from './tree.ts';

export type DetectedPort = {
  readonly port: number;
  /** The file that names it. */
  readonly because: string;
};

/** Ports on which the servers of well-known packages listen unless told otherwise. */
const USUAL_PORTS: Readonly<Record<string, number>> = {
  next: 3000,
  nuxt: 3000,
  'react-scripts': 3000,
  '@remix-run/dev': 3000,
  '@angular/cli': 4200,
  astro: 4321,
  gatsby: 8000,
  vite: 5173,
};

const HIGHEST_PORT = 65_535;

const readText = (folder: string, name: string): string | undefined => {
  const read = readSource(join(folder, name), name);
  return read.ok ? read.source.text : undefined;
};

const portsIn = (text: string, pattern: RegExp): readonly number[] =>
  [...text.matchAll(pattern)].map((found) => Number(found[1]));

/** `--port 3000`, `--port=3000`, `-p 3000`, `PORT=3000`, as scripts and Procfiles write it. */
const IN_COMMAND = /(?:--port[= ]|(?:^|\s)-p ?|(?:^|\s)PORT=)([0-9]{2,5})\b/g;

const fromPackageJson = (text: string): readonly number[] => {
  try {
    const { scripts = {}, dependencies = {}, devDependencies = {} } = JSON.parse(text);
    const named = Object.values(scripts).flatMap((script) => portsIn(String(script), IN_COMMAND));
    if (named.length > 0) return named;
    const used = { ...dependencies, ...devDependencies };
    const usual = Object.entries(USUAL_PORTS).find(([name]) => Object.hasOwn(used, name));
    return usual === undefined ? [] : [usual[1]];
  } catch {
    // A package.json that does not parse names no port.
    return [];
  }
};

/** The host's side of each published port: in the guest, that is where compose makes it listen. */
const fromCompose = (text: string): readonly number[] => {
  const document: Tree | undefined = parseSource({ path: '', text }).documents[0];
  if (document === undefined) return [];
  const { services } = (treeToJson(document) ?? {}) as { services?: Record<string, { ports?: unknown }> };
  return Object.values(services ?? {}).flatMap((service) => {
    const ports = service?.ports;
    if (!Array.isArray(ports)) return [];
    return ports.map((port: unknown) => {
      if (port !== null && typeof port === 'object')
        return Number((port as { published?: unknown }).published);
      return Number(/(?:^|:)([0-9]+):[0-9]+(?:\/tcp)?$/.exec(String(port))?.[1]);
    });
  });
};

type Reader = { readonly file: string; readonly read: (text: string) => readonly number[] };

const CONFIGURED = /\bport\s*:\s*([0-9]{2,5})\b/g;

const READERS: readonly Reader[] = [
  ...['vite.config.ts', 'vite.config.js', 'vite.config.mjs', 'nuxt.config.ts', 'astro.config.mjs'].map(
    (file) => ({
      file,
      read: (text: string) => portsIn(text, CONFIGURED),
    }),
  ),
  { file: '.env', read: (text) => portsIn(text, /^(?:export )?PORT=["']?([0-9]{2,5})\b/gm) },
  { file: 'package.json', read: fromPackageJson },
  { file: 'Procfile', read: (text) => portsIn(text, IN_COMMAND) },
  ...['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'].map((file) => ({
    file,
    read: fromCompose,
  })),
  { file: 'manage.py', read: () => [8000] },
  { file: 'config.ru', read: (text) => (/rails/i.test(text) ? [3000] : [9292]) },
];

/** Ports on which the project's servers will listen, as far as its files tell; each once, in ascending order. */
export const detectPorts = (folder: string): readonly DetectedPort[] => {
  const found = new Map<number, DetectedPort>();
  for (const { file, read } of READERS) {
    const text = readText(folder, file);
    // What a bundler is configured to wins over the port that it usually takes.
    if (text === undefined) continue;
    for (const port of read(text)) {
      const isPort = Number.isInteger(port) && port > 0 && port <= HIGHEST_PORT;
      const usual = file === 'package.json' && Object.values(USUAL_PORTS).includes(port);
      if (!isPort || found.has(port) || (usual && found.size > 0)) continue;
      found.set(port, { port, because: file });
    }
  }
  return [...found.values()].sort((a, b) => a.port - b.port);
};
