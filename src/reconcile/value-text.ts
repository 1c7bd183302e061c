import { canonicalJson } from '../lib/hash.ts';
import type { KeptPath } from '../model/facets.ts';
import type { EgressList, MountValue, PortValue, SecretValue } from '../model/field-values.ts';
import type { FieldPath } from '../model/fields.ts';
import type { Json } from '../model/json.ts';
import { toPrintable } from './printable.ts';

const KIB = 1024;
const BYTES_PER_MIB = KIB ** 2;
const MAX_LENGTH = 60;
const DIGEST_DIGITS = 12;

/** A size as a manifest writes it, for example `8GiB`; MiB where it is no whole number of GiB. */
export const memoryText = (memoryMiB: number): string =>
  memoryMiB % KIB === 0 ? `${memoryMiB / KIB}GiB` : `${memoryMiB}MiB`;

/** Like {@link memoryText}, from bytes. */
export const diskText = (bytes: number): string =>
  bytes % BYTES_PER_MIB === 0 ? memoryText(bytes / BYTES_PER_MIB) : `${bytes} bytes`;

const digestText = (digest: string): string => {
  const [kind, digits = ''] = digest.split(':');
  return `${kind} ${digits.slice(0, DIGEST_DIGITS)}…`;
};

/** What a name was resolved to: the catalogue's entry as it was then, and the start of the digest. */
const pinnedImageText = (digest: string, source: Json | undefined): string => {
  const { title } = (source ?? {}) as { readonly title?: string };
  return title === undefined ? digestText(digest) : `${title} (${digestText(digest)})`;
};

/** An image by its name, or by where it comes from and the start of its digest. */
export const imageText = (image: Json): string => {
  if (image === null || typeof image !== 'object' || Array.isArray(image)) return String(image);
  const { name, url, path, sha256, digest, source } = image as Readonly<Record<string, Json>>;
  if (name !== undefined) return String(name);
  if (typeof digest === 'string') return pinnedImageText(digest, source);
  return `${url ?? path}${typeof sha256 === 'string' ? ` (${digestText(`sha256:${sha256}`)})` : ''}`;
};

const portText = ({ host, guest, address }: PortValue): string => {
  if (address !== '127.0.0.1') return `${address}:${host} → ${guest}`;
  return host === guest ? `${guest}` : `${host} → ${guest}`;
};

const shortenHome = (path: string, home: string | undefined): string =>
  home !== undefined && home !== '/' && (path === home || path.startsWith(`${home}/`))
    ? `~${path.slice(home.length)}`
    : path;

const mountText = ({ host, guest, mode }: MountValue, home: string | undefined): string =>
  `${shortenHome(host, home)} → ${guest} (${mode})`;

const short = (written: string): string => {
  const text = toPrintable(written);
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}…`;
};

const plainText = (value: Json): string => (typeof value === 'string' ? value : canonicalJson(value));

const isRecord = (value: Json): value is { readonly [key: string]: Json } =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const isEgressList = (value: Json | undefined): value is Json & EgressList =>
  value !== undefined &&
  isRecord(value) &&
  [value.allow, value.deny].every(
    (list) => Array.isArray(list) && list.every((one) => typeof one === 'string'),
  );

const egressText = ({ allow, deny }: EgressList): string =>
  `${allow.join(', ') || 'nothing'}${deny.length === 0 ? '' : `, not ${deny.join(', ')}`}`;

const secretText = ({ hosts, source }: SecretValue): string => `from ${source.from} to ${hosts.join(', ')}`;

/** How one list of what a guest may reach comes to be another; undefined where one of them is none. */
export const egressDifference = (before: Json | undefined, after: Json | undefined): string | undefined => {
  if (!isEgressList(before) || !isEgressList(after)) return undefined;
  const moved = (sign: string, list: readonly string[], other: readonly string[]) =>
    list.filter((entry) => !other.includes(entry)).map((entry) => `${sign}${entry}`);
  const parts = [
    ...moved('+', after.allow, before.allow),
    ...moved('-', before.allow, after.allow),
    ...moved('+not ', after.deny, before.deny),
    ...moved('-not ', before.deny, after.deny),
  ];
  return short(parts.join(', '));
};

const textOf = (path: FieldPath | KeptPath, value: Json, home: string | undefined): string => {
  switch (path) {
    case 'resources.memory':
      return typeof value === 'number' ? memoryText(value) : plainText(value);
    case 'resources.disk':
    case 'snapshots.maxSize':
      return typeof value === 'number' ? diskText(value) : plainText(value);
    case 'base.image':
      return imageText(value);
    case 'ports[]':
      return isRecord(value) ? portText(value as PortValue) : plainText(value);
    case 'mounts[]':
      return isRecord(value) ? mountText(value as MountValue, home) : plainText(value);
    case 'lifecycle.idle':
      return isRecord(value) ? `${value.action} after ${value.after}` : plainText(value);
    case 'network.egress':
      return isEgressList(value) ? egressText(value) : plainText(value);
    case 'secrets[]':
      return isRecord(value) && 'source' in value ? secretText(value as SecretValue) : plainText(value);
    default:
      return plainText(value);
  }
};

/** One value for people: with units, on one line, cut where it is long. Never used for env values or scripts. */
export const valueText = (path: FieldPath | KeptPath, value: Json, home?: string): string =>
  short(textOf(path, value, home));
