import type { FieldId } from './fields.ts';
import type { Json } from './json.ts';

/** Exactly what a grant opens of the host. */
export type GrantScope =
  /** A folder or file, by the real path that it was found at, with all that lies below it. */
  | { readonly kind: 'folder'; readonly path: string; readonly mode: 'ro' | 'rw' }
  /** A port that the host listens on. */
  | { readonly kind: 'port'; readonly address: string; readonly port: number | 'auto' }
  /** A file that the machine's disk is made from, by its real path. */
  | { readonly kind: 'image'; readonly path: string }
  /** A field that opens the same whenever it has the same value. */
  | { readonly kind: 'value'; readonly field: FieldId; readonly value: Json };

/** Something that a manifest asks of the host beyond its own folder. */
export type Grant = {
  /** Names what it opens, and with it how far: `mounts[/srv/data]`, `mounts[/srv/data:rw]`, `ports[0.0.0.0:8080:80]`. */
  readonly id: string;
  /** A clause for people: `the guest reads /srv/data`. */
  readonly text: string;
  readonly scope: GrantScope;
  /** The fields that need it. */
  readonly fields: readonly FieldId[];
};

/** What a manifest asks for and does not get, because nobody gave the word. */
export type Withheld = {
  /** Id of the grant. */
  readonly grant: string;
  readonly fields: readonly FieldId[];
  readonly text: string;
};

/** How the word was given: at a prompt, by `--grant`, or by an apply from before grants were kept. */
export type GrantWord = 'prompt' | '--grant' | 'earlier-apply';

export type ApprovedGrant = Omit<Grant, 'fields'> & {
  /** RFC 3339 in UTC. */
  readonly at: string;
  readonly word: GrantWord;
};

/** What comes of asking for a plan: no; yes but to none of its new grants; yes, with the word for grants by their ids. */
export type Consent = boolean | { readonly grants: Readonly<Record<string, GrantWord>> };
