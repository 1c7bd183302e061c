import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256 } from '../../src/lib/hash.ts';
import { type Field, type FieldPath, fieldsOf } from '../../src/model/fields.ts';
import type { Json } from '../../src/model/json.ts';
import type { Desired } from '../../src/model/machine.ts';
import type { SecretSource } from '../../src/model/network.ts';
import { identifyFolder } from '../../src/state/inventory.ts';

/** A manifest in short: what a test varies. */
export type Wish = {
  readonly name?: string;
  readonly image?: string;
  readonly cpus?: number;
  readonly memoryMiB?: number;
  readonly diskGiB?: number;
  readonly packages?: readonly string[];
  /** Path → content; the files are written. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** Name → version. */
  readonly agents?: Readonly<Record<string, string>>;
  /** Guest port → host port. */
  readonly ports?: Readonly<Record<number, number | 'auto'>>;
  /** Guest path → host path. */
  readonly mounts?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Its word, or what is allowed. */
  readonly egress?: string | readonly string[];
  /** TCP ports beside the usual ones, and of this host's loopback. */
  readonly networkPorts?: readonly number[];
  readonly hostPorts?: readonly number[];
  /** Name → where its value comes from; all are for api.example. */
  readonly secrets?: Readonly<Record<string, SecretSource>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly protect?: boolean;
  readonly workspaceMode?: 'ro' | 'rw';
  /** Paths of the project that the guest may read but not change. */
  readonly protectPaths?: readonly string[];
  /** How many snapshots are kept. */
  readonly keep?: number;
};

/** What the manifest in a folder would ask for. Also makes the folder and its scripts. */
export const desiredOf = async (folder: string, wish: Wish = {}): Promise<Desired> => {
  await mkdir(folder, { recursive: true });
  const project = await identifyFolder(folder);
  if (project === undefined) throw new Error(`${folder} is no folder`);
  const manifestPath = join(folder, 'agentvm.yaml');
  const text = JSON.stringify(wish);
  await writeFile(manifestPath, text);
  const fields: Field[] = [];
  const source = { file: manifestPath, line: 1, column: 1 };
  const add = (path: FieldPath, value: Json, key?: string): void => {
    fields.push({ path, value, source, ...(key === undefined ? {} : { key }) });
  };
  const name = wish.name ?? 'demo';
  add('name', name);
  add('driver', 'fake');
  add('base.image', { name: wish.image ?? 'debian-12' });
  add('resources.cpus', wish.cpus ?? 2);
  add('resources.memory', wish.memoryMiB ?? 1024);
  add('resources.disk', (wish.diskGiB ?? 10) * 1024 ** 3);
  add('workspace.guestPath', folder);
  add('workspace.mode', wish.workspaceMode ?? 'rw');
  for (const path of wish.protectPaths ?? []) add('workspace.protect[]', true, path);
  for (const one of wish.packages ?? []) add('base.packages[]', true, one);
  for (const [path, content] of Object.entries(wish.scripts ?? {})) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
    add('base.scripts[]', { path, sha256: sha256(content) }, path);
  }
  for (const [agent, version] of Object.entries(wish.agents ?? {})) add('agents[].version', version, agent);
  for (const [guest, host] of Object.entries(wish.ports ?? {})) {
    const key = String(host) === guest ? guest : `${host}:${guest}`;
    add('ports[]', { guest: Number(guest), host, address: '127.0.0.1' }, key);
  }
  for (const [guest, host] of Object.entries(wish.mounts ?? {})) {
    add('mounts[]', { host, guest, mode: 'ro' }, guest);
  }
  const { egress } = wish;
  if (egress !== undefined) {
    add('network.egress', typeof egress === 'string' ? egress : { allow: [...egress], deny: [] });
  }
  for (const port of wish.networkPorts ?? []) add('network.ports[]', true, String(port));
  for (const port of wish.hostPorts ?? []) add('network.hostPorts[]', true, String(port));
  for (const [secret, from] of Object.entries(wish.secrets ?? {})) {
    add('secrets[]', { hosts: ['api.example'], source: from as unknown as Json }, secret);
  }
  for (const [variable, value] of Object.entries(wish.env ?? {})) {
    add('env[]', { digest: createHash('sha256').update(value).digest('hex') }, variable);
  }
  for (const [label, value] of Object.entries(wish.labels ?? {})) add('labels[]', value, label);
  if (wish.protect !== undefined) add('lifecycle.protect', wish.protect);
  if (wish.keep !== undefined) add('snapshots.keep', wish.keep);
  return {
    name,
    driver: 'fake',
    project,
    manifestPath,
    revision: sha256(text).slice(0, 6),
    fields: fieldsOf(fields),
    environment: wish.env ?? {},
    inputs: [],
  };
};
