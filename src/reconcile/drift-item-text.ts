import type { DriftItem } from '../model/drift.ts';
import type { GuestUser } from '../model/guest.ts';
import type { Json } from '../model/json.ts';
import { roomText } from './kept-changes.ts';
import { toPrintable } from './printable.ts';
import { valueText } from './value-text.ts';

type Words = {
  /** What stands in front; the name of the field where absent. */
  readonly name?: string;
  readonly applied: (value: Json) => string;
  readonly known: (value: Json, applied: Json) => string;
  readonly absent: string;
};

const userText = (value: Json): string => {
  const { name, uid, gid, home } = value as GuestUser;
  return `${name} (${uid}:${gid}, ${home})`;
};

const fixed = (text: string) => (): string => text;
const shown = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

const mountWords = (key: string): Words => ({
  name: key,
  applied: fixed('mounted'),
  known: (value) => `mounted otherwise (${valueText('mounts[]', value)})`,
  absent: 'not mounted',
});

/** The words of one kind of thing, by its name without the key. */
const wordsOf = (kind: string, key: string): Words => {
  switch (kind) {
    case 'power':
      return { name: '', applied: shown, known: shown, absent: 'absent' };
    case 'base.packages':
      return { name: key, applied: fixed('installed'), known: fixed('installed'), absent: 'missing' };
    case 'base.scripts':
      return {
        name: key,
        applied: fixed('ran'),
        known: fixed('another content ran'),
        absent: 'no trace that it ran',
      };
    case 'agents':
      return { name: key, applied: shown, known: shown, absent: 'missing' };
    case 'ports':
      return {
        name: `port ${key}`,
        applied: fixed('open'),
        known: (value) => `open otherwise (${valueText('ports[]', value)})`,
        absent: 'closed',
      };
    case 'mounts':
      return mountWords(key);
    case 'guest.shares':
      return mountWords(key);
    case 'workspace.guestPath':
      return { name: 'project', applied: shown, known: shown, absent: 'not mounted' };
    case 'guest.files':
      return { name: key, applied: fixed('as written'), known: fixed('changed'), absent: 'missing' };
    case 'guest.hostname':
      return { name: 'hostname', applied: shown, known: shown, absent: 'missing' };
    case 'guest.user':
      return { name: 'user', applied: userText, known: userText, absent: 'missing' };
    case 'guest.route':
      return { name: 'default route', applied: fixed('there'), known: fixed('there'), absent: 'gone' };
    case 'guest.room':
      return {
        name: 'root file system',
        applied: fixed('room'),
        known: (value) => roomText(value as Parameters<typeof roomText>[0]),
        absent: 'missing',
      };
    case 'network.egress': {
      const egress = (value: Json): string => valueText(kind, value);
      return { applied: egress, known: egress, absent: 'missing' };
    }
    case 'network.ports':
    case 'network.hostPorts':
      return {
        name: `${kind} ${key}`,
        applied: fixed('let through'),
        known: fixed('let through'),
        absent: 'refused',
      };
    case 'secrets': {
      const secret = (value: Json): string => valueText('secrets[]', value);
      return { name: `secret ${key}`, applied: secret, known: secret, absent: 'not put into requests' };
    }
    case 'resources.memory':
    case 'resources.disk': {
      const size = (value: Json): string => valueText(kind, value);
      return { applied: size, known: size, absent: 'missing' };
    }
    default:
      return { applied: shown, known: shown, absent: 'missing' };
  }
};

/** One line for people: what was applied, and what is there. */
export const itemText = (item: Omit<DriftItem, 'text'>, powerReason?: string): string => {
  const [, kind = item.field, key = ''] = /^([^[]*)\[(.*)\](?:\.version)?$/s.exec(item.field) ?? [];
  const { name = kind, applied, known, absent } = wordsOf(kind, key);
  const was = item.applied === null && kind !== 'guest.room' ? 'not applied' : applied(item.applied);
  const is =
    item.found.kind === 'known'
      ? known(item.found.value, item.applied)
      : item.found.kind === 'absent'
        ? absent
        : `not to be seen: ${item.found.why}`;
  const why = kind === 'power' && powerReason !== undefined ? `: ${powerReason}` : '';
  return toPrintable(`${name === '' ? '' : `${name}: `}${was} → ${is}${why}`);
};
