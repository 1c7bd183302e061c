import type { SecretSource } from './network.ts';

/*
 * The shapes of `Field.value` where it is not the manifest's own scalar; all of them are Json. `resources.memory` is
 * a whole number of MiB, `resources.disk` and `snapshots.maxSize` of bytes; `base.packages[NAME]` and `workspace.protect[PATH]` are `true`;
 * `workspace.guestPath` is an absolute path. A section whose work is not built yet keeps the manifest's own JSON.
 */

/** `base.image`: a catalogue name, or a file by its digest. */
export type ImageValue =
  | { readonly name: string }
  | { readonly url: string; readonly sha256: string }
  | { readonly path: string; readonly sha256: string };

/** `base.scripts[KEY]`; KEY is the path relative to the project's folder. */
export type ScriptValue = { readonly path: string; readonly sha256: string };

/** `mounts[KEY]`; KEY is the guest path. */
export type MountValue = { readonly host: string; readonly guest: string; readonly mode: 'ro' | 'rw' };

/**
 * `ports[KEY]`; KEY is `3000` where host and guest port agree on 127.0.0.1, `8080:80` or `auto:80` on 127.0.0.1,
 * otherwise `ADDRESS:HOST:GUEST`.
 */
export type PortValue = { readonly guest: number; readonly host: number | 'auto'; readonly address: string };

/** `network.egress` where it names hosts: entries as lib/host-pattern writes them, sorted, each once. */
export type EgressList = { readonly allow: readonly string[]; readonly deny: readonly string[] };

/** `secrets[NAME]`: hosts in lower case, sorted, each once; paths absolute. */
export type SecretValue = { readonly hosts: readonly string[]; readonly source: SecretSource };

/** `env[NAME]`: HMAC-SHA-256 of the value with this host's digest key, 64 hex digits. */
export type EnvValue = { readonly digest: string };
