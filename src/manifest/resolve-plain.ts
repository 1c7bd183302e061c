import { basename } from 'node:path';
import type { Field, FieldPath } from '../model/fields.ts';
import { durationText, type IdleValue, secondsOf } from '../model/idle.ts';
import type { Json } from '../model/json.ts';
import type { DriverName } from '../model/machine.ts';
import { nameFromFolder } from './machine-name.ts';
import { complainAt, fieldAt, type Resolving, type Section } from './resolving.ts';
import { treeAt, treeToJson } from './tree.ts';

/** Fields whose value is the manifest's own JSON, and nothing when it is not set. */
const AS_WRITTEN = [
  'identity.gitconfig',
  'identity.gitCredentials',
  'identity.gh',
  'identity.ssh',
  'environment',
  'lifecycle.onExit',
  'lifecycle.protect',
  'drift.policy',
] as const satisfies readonly FieldPath[];

const resolveAsWritten = (resolving: Resolving): readonly Field[] =>
  AS_WRITTEN.flatMap((path) => {
    const at = path.split('.');
    const found = treeAt(resolving.tree, at);
    return found === undefined ? [] : [fieldAt(resolving, at, { path, value: treeToJson(found) })];
  });

/** Maps and lists whose entries are fields by key, each with the manifest's own JSON as its value. */
const resolveKeyed = (resolving: Resolving): readonly Field[] => {
  const { volumes = [], services = [], labels = {}, network = {} } = resolving.manifest;
  const named = (
    path: FieldPath,
    section: string,
    list: readonly { readonly name: string }[],
  ): readonly Field[] =>
    list.map((value, index) =>
      fieldAt(resolving, [section, index], { path, key: value.name, value: value as unknown as Json }),
    );
  const mapped = (
    path: FieldPath,
    section: string,
    map: Readonly<Record<string, unknown>>,
  ): readonly Field[] =>
    Object.entries(map).map(([key, value]) =>
      fieldAt(resolving, [section, key], { path, key, value: value as Json }),
    );
  const numbers = (path: FieldPath, section: 'ports' | 'hostPorts'): readonly Field[] =>
    (network[section] ?? []).map((port, index) =>
      fieldAt(resolving, ['network', section, index], { path, key: String(port), value: true }),
    );
  return [
    ...named('volumes[]', 'volumes', volumes),
    ...numbers('network.ports[]', 'ports'),
    ...numbers('network.hostPorts[]', 'hostPorts'),
    ...named('services[]', 'services', services),
    ...mapped('labels[]', 'labels', labels),
  ];
};

/** A look at what uses a machine takes place once a second at most. */
const LEAST_IDLE_SECONDS = 10;

/** `lifecycle.idle`, in the one way in which equal settings are equal. */
const resolveIdle = (resolving: Resolving): Section => {
  const { idle } = resolving.manifest.lifecycle ?? {};
  if (idle === undefined) return { fields: [], diagnostics: [] };
  const { after, action = 'suspend' } = idle;
  const seconds = secondsOf(after);
  if (seconds < LEAST_IDLE_SECONDS) {
    const complaint = complainAt(resolving, ['lifecycle', 'idle', 'after'], {
      code: 'out-of-range',
      message: `lifecycle.idle.after is too short to tell an unused machine from one between two commands`,
      hint: `Use ${LEAST_IDLE_SECONDS}s or more.`,
    });
    return { fields: [], diagnostics: [complaint] };
  }
  const value: IdleValue = { after: durationText(seconds), action };
  return {
    fields: [fieldAt(resolving, ['lifecycle', 'idle'], { path: 'lifecycle.idle', value })],
    diagnostics: [],
  };
};

const duplicates = (resolving: Resolving): Section['diagnostics'] =>
  (['volumes', 'services'] as const).flatMap((section) => {
    const names = (resolving.manifest[section] ?? []).map((one) => one.name);
    return names.flatMap((name, index) =>
      names.indexOf(name) === index
        ? []
        : complainAt(resolving, [section, index], {
            code: 'duplicate',
            message: `The name '${name}' stands twice in ${section}`,
            hint: 'Give one of them another name.',
          }),
    );
  });

/** Everything that needs no resolution. */
export const resolvePlain = (resolving: Resolving): Section => {
  const idle = resolveIdle(resolving);
  return {
    fields: [...resolveAsWritten(resolving), ...idle.fields, ...resolveKeyed(resolving)],
    diagnostics: [...idle.diagnostics, ...duplicates(resolving)],
  };
};

/** The machine's name. */
export const resolveName = (resolving: Resolving): Section & { readonly name: string } => {
  const { manifest, project } = resolving;
  const { name } = manifest;
  if (name !== undefined) {
    return { name, fields: [fieldAt(resolving, ['name'], { path: 'name', value: name })], diagnostics: [] };
  }
  const made = nameFromFolder(project);
  if (resolving.mustBeNamed) {
    const complaint = complainAt(resolving, [], {
      code: 'no-name',
      message: 'One of several machines of a folder needs a name of its own',
      hint: `Add a line such as: name: ${made ?? 'my-app'}-db`,
    });
    return { name: '', fields: [], diagnostics: [complaint] };
  }
  if (made !== undefined) return { name: made, fields: [{ path: 'name', value: made }], diagnostics: [] };
  const complaint = complainAt(resolving, [], {
    code: 'no-name',
    message: `No name can be made of the folder's name '${basename(project)}'`,
    hint: 'Add a line such as: name: my-app',
  });
  return { name: '', fields: [], diagnostics: [complaint] };
};

/** The driver; `auto` is what the host prefers. */
export const resolveDriver = (resolving: Resolving): Section & { readonly driver: DriverName } => {
  const { manifest, host } = resolving;
  const written = manifest.driver;
  const driver = written === undefined || written === 'auto' ? host.driver : written;
  // What `auto` stands for is a default like any other: once applied, it stays.
  const field: Field =
    written === undefined || written === 'auto'
      ? { path: 'driver', value: driver }
      : fieldAt(resolving, ['driver'], { path: 'driver', value: driver });
  return { driver, fields: [field], diagnostics: [] };
};
