import { realpathSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { hostPatternText, isPatternFault, parseHostPattern } from '../lib/host-pattern.ts';
import { isWithin } from '../lib/is-within.ts';
import { placesOnTheWay } from '../lib/places-on-the-way.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { SecretValue } from '../model/field-values.ts';
import type { Field } from '../model/fields.ts';
import type { Json } from '../model/json.ts';
import type { Secret } from '../model/manifest.generated.ts';
import type { SecretSource } from '../model/network.ts';
import { absoluteHostPath, isOtherHome } from './host-path.ts';
import { complainAt, fieldAt, type Resolving, type Section } from './resolving.ts';
import { placeAt, type TreePath } from './tree.ts';

type Complaint = { readonly code: string; readonly message: string; readonly hint: string };

/** What each source needs, and what it may have. */
const OPTIONS = {
  env: { needs: [], takes: ['variable'] },
  file: { needs: ['path'], takes: ['path'] },
  keyring: { needs: [], takes: ['service', 'account'] },
  command: { needs: ['command'], takes: ['command'] },
} as const satisfies Record<
  Secret['from'],
  { needs: readonly (keyof Secret)[]; takes: readonly (keyof Secret)[] }
>;

const OPTION_KEYS = ['variable', 'path', 'service', 'account', 'command'] as const;

const misplaced = (resolving: Resolving, at: TreePath, secret: Secret): readonly Diagnostic[] => {
  const { needs, takes } = OPTIONS[secret.from];
  const missing = needs.filter((key) => secret[key] === undefined);
  const foreign = OPTION_KEYS.filter(
    (key) => secret[key] !== undefined && !(takes as readonly string[]).includes(key),
  );
  return [
    ...missing.map((key) =>
      complainAt(resolving, at, {
        code: 'missing-key',
        message: `A secret from a ${secret.from} lacks the key '${key}'`,
        hint: `Add ${key}: …`,
      }),
    ),
    ...foreign.map((key) =>
      complainAt(resolving, [...at, key], {
        code: 'not-allowed',
        message: `'${key}' says nothing of a secret from: ${secret.from}`,
        hint: `Delete it, or change 'from'.`,
      }),
    ),
  ];
};

/** Where a path leads now; itself where nothing is there yet. */
const realOf = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
};

/** Folders of this host that the guest sees: what lies in them is no secret, and what is run from them is the guest's. */
const sharedFolders = ({ manifest, tree, project, home }: Resolving): readonly string[] => [
  project,
  ...(manifest.mounts ?? []).map(({ host }, index) =>
    absoluteHostPath(home, placeAt(tree, ['mounts', index, 'host']).source.path, host),
  ),
];

/** The shared folder that a path lies in or leads through: a link there is the guest's to change. */
const sharedWith = (resolving: Resolving, path: string): string | undefined => {
  const places = [path, ...placesOnTheWay(path)];
  return sharedFolders(resolving).find((folder) =>
    places.some((one) => isWithin(folder, one) || isWithin(realOf(folder), one)),
  );
};

const wayInto = (folder: string, path: string): string =>
  isWithin(folder, path) || isWithin(realOf(folder), realOf(path)) ? 'lies in' : 'leads through';

const checkFile = (resolving: Resolving, written: string, path: string): Complaint | undefined => {
  if (isOtherHome(written)) {
    return {
      code: 'not-allowed',
      message: `'${written}': the home folder of another user is not looked up`,
      hint: 'Write the absolute path.',
    };
  }
  const shared = sharedWith(resolving, path);
  return shared === undefined
    ? undefined
    : {
        code: 'inside-project',
        message: `The file '${written}' ${wayInto(shared, path)} ${shared}, which the guest sees`,
        hint: 'Keep it elsewhere, for example in ~/.config.',
      };
};

/** What this host runs must be nothing that the guest can write. */
const checkCommand = (resolving: Resolving, command: readonly string[]): Complaint | undefined => {
  const [program = ''] = command;
  if (program.includes('/') && !isAbsolute(program) && !program.startsWith('~/')) {
    return {
      code: 'not-allowed',
      message: `The program '${program}' is looked up in no folder`,
      hint: 'Write its absolute path, or its name alone.',
    };
  }
  const paths = command.filter((word) => word.includes('/')).map((word) => commandWord(resolving.home, word));
  const shared = paths.map((path) => sharedWith(resolving, resolve(resolving.home, path)));
  const at = shared.findIndex((folder) => folder !== undefined);
  return at === -1
    ? undefined
    : {
        code: 'inside-project',
        message: `${paths[at]} ${wayInto(shared[at] ?? '', paths[at] ?? '')} ${shared[at]}, where the guest could change what this host runs`,
        hint: 'Keep it elsewhere, for example in ~/.local/bin.',
      };
};

const commandWord = (home: string, word: string): string =>
  word.startsWith('~/') ? resolve(home, word.slice('~/'.length)) : word;

const sourceOf = (resolving: Resolving, name: string, at: TreePath, secret: Secret): SecretSource => {
  const { home, tree } = resolving;
  switch (secret.from) {
    case 'env':
      return { from: 'env', variable: secret.variable ?? name };
    case 'file': {
      const file = placeAt(tree, [...at, 'path']).source.path;
      return { from: 'file', path: absoluteHostPath(home, file, secret.path ?? '') };
    }
    case 'keyring':
      return { from: 'keyring', service: secret.service ?? 'agentvm', account: secret.account ?? name };
    case 'command':
      return {
        from: 'command',
        command: (secret.command ?? []).map((word) => commandWord(home, word)),
        cwd: home,
      };
  }
};

const checkSource = (
  resolving: Resolving,
  at: TreePath,
  secret: Secret,
  source: SecretSource,
): readonly Diagnostic[] => {
  const [key, complaint] =
    source.from === 'file'
      ? (['path', checkFile(resolving, secret.path ?? '', source.path)] as const)
      : source.from === 'command'
        ? (['command', checkCommand(resolving, source.command)] as const)
        : (['', undefined] as const);
  return complaint === undefined ? [] : [complainAt(resolving, [...at, key], complaint)];
};

const WIDEST = /^\*\.[^.]+$/;

type Host = { readonly text: string } | Complaint;

/** A host that gets a value: a name or all below one, without a port. */
const resolveHost = (written: string): Host => {
  const pattern = parseHostPattern(written);
  if (isPatternFault(pattern)) {
    return { code: 'not-allowed', message: `'${written}' ${pattern.why}`, hint: pattern.hint };
  }
  const text = hostPatternText({ host: pattern.host });
  if (pattern.host.kind === 'block') {
    return {
      code: 'not-allowed',
      message: `'${written}' is an address; a secret goes to hosts that prove their name`,
      hint: 'Name the host: api.github.com',
    };
  }
  if (pattern.ports !== undefined) {
    return {
      code: 'not-allowed',
      message: `'${written}' has a port; a secret goes to its host at any that network.egress lets through`,
      hint: `Write ${text}`,
    };
  }
  if (!WIDEST.test(text)) return { text };
  return {
    code: 'not-allowed',
    message: `'${written}' names every host of a top-level domain`,
    hint: 'Name the hosts that need the value.',
  };
};

const resolveSecret = (resolving: Resolving, name: string, secret: Secret): Section => {
  const at = ['secrets', name];
  // What is wrong with its shape has been told.
  if (secret.hosts === undefined || OPTIONS[secret.from] === undefined)
    return { fields: [], diagnostics: [] };
  const options = misplaced(resolving, at, secret);
  const hosts = secret.hosts.map(resolveHost);
  const source = sourceOf(resolving, name, at, secret);
  const isDouble = resolving.manifest.env?.[name] !== undefined;
  const diagnostics = [
    ...options,
    ...hosts.flatMap((host, index) =>
      'text' in host ? [] : [complainAt(resolving, [...at, 'hosts', index], host)],
    ),
    ...(options.length > 0 ? [] : checkSource(resolving, at, secret, source)),
    ...(isDouble
      ? [
          complainAt(resolving, at, {
            code: 'duplicate',
            message: `${name} stands under env and under secrets`,
            hint: 'Take it out of env; the secret sets the variable to its placeholder.',
          }),
        ]
      : []),
  ];
  const texts = hosts.flatMap((host) => ('text' in host ? [host.text] : []));
  const value: SecretValue = { hosts: [...new Set(texts)].sort(), source };
  const field: Field = fieldAt(resolving, at, {
    path: 'secrets[]',
    key: name,
    value: value as unknown as Json,
  });
  return { fields: [field], diagnostics };
};

const withoutWall = (resolving: Resolving): readonly Diagnostic[] =>
  resolving.manifest.network?.egress === 'open' && Object.keys(resolving.manifest.secrets ?? {}).length > 0
    ? [
        complainAt(resolving, ['secrets'], {
          code: 'not-allowed',
          message: 'With network.egress open nothing can put the values of secrets into requests',
          hint: 'Take network.egress out, or name what the guest may reach.',
        }),
      ]
    : [];

/** Values that stay on this host, and the hosts whose requests get them. */
export const resolveSecrets = (resolving: Resolving): Section => {
  const sections = Object.entries(resolving.manifest.secrets ?? {}).map(([name, secret]) =>
    resolveSecret(resolving, name, secret),
  );
  return {
    fields: sections.flatMap((one) => one.fields),
    diagnostics: [...sections.flatMap((one) => one.diagnostics), ...withoutWall(resolving)],
  };
};
