import { createHmac, timingSafeEqual } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import { canonicalJson } from '../lib/hash.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { SavedPlan } from '../model/saved-plan.ts';

const VERSION = 1;
/** A thousand machines with a hundred fields each. */
const BYTES_MAX = 64 * 1024 * 1024;

/** The file: a plan, and what only this host's key makes of it. */
type Sealed = SavedPlan & { readonly seal: string };

/** The guest can write the project, where a plan is likely saved; what it puts there is no approval. */
const sealOf = (plan: SavedPlan, key: Uint8Array): string =>
  createHmac('sha256', key).update('saved-plan\0').update(canonicalJson(plan)).digest('hex');

const isSealed = ({ seal, ...plan }: Sealed, key: Uint8Array): boolean => {
  const right = Buffer.from(sealOf(plan, key), 'hex');
  const given = Buffer.from(String(seal), 'hex');
  return given.length === right.length && timingSafeEqual(given, right);
};

const notASavedPlan = (path: string, why: string, hint: string): AgentvmError =>
  new AgentvmError({
    code: 'NOT_A_SAVED_PLAN',
    exitCode: ExitCode.usage,
    message: `${path} is no saved plan: ${why}`,
    hint,
  });

const MAKE_ONE = 'Write one with `agentvm plan --out FILE`; a manifest is named by -f.';

const manifestAsPlan = (path: string): AgentvmError =>
  notASavedPlan(path, 'it is a manifest', `To apply it: agentvm apply -f ${path}`);

const readText = async (path: string): Promise<string> => {
  const { O_RDONLY, O_NONBLOCK } = constants;
  const handle = await open(path, O_RDONLY | O_NONBLOCK).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    throw notASavedPlan(path, why, MAKE_ONE);
  });
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) {
      throw notASavedPlan(path, 'it is a folder', `To apply its manifests: agentvm apply -f ${path}`);
    }
    if (!stat.isFile()) throw notASavedPlan(path, 'it is no plain file', MAKE_ONE);
    if (stat.size > BYTES_MAX) throw notASavedPlan(path, `it has ${stat.size} bytes`, MAKE_ONE);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
};

const isManifest = (path: string, text: string): boolean =>
  /\.ya?ml$/.test(path) || /^apiVersion:\s*agentvm\//m.test(text);

const parse = (path: string, text: string): { readonly kind?: unknown; readonly version?: unknown } => {
  try {
    const document: unknown = JSON.parse(text);
    if (document !== null && typeof document === 'object') return document;
  } catch {
    if (isManifest(path, text)) throw manifestAsPlan(path);
  }
  throw notASavedPlan(path, 'it is no JSON document', MAKE_ONE);
};

/**
 * Reads what `writeSavedPlan` wrote on this host.
 * @throws AgentvmError NOT_A_SAVED_PLAN, SAVED_PLAN_FROM_FUTURE (exit 3), SAVED_PLAN_ALTERED (exit 6).
 */
export const readSavedPlan = async (path: string, key: Uint8Array): Promise<SavedPlan> => {
  const document = parse(path, await readText(path));
  const { kind, version } = document;
  if (kind !== 'saved-plan') {
    const why =
      kind === 'plan' || kind === 'plans'
        ? 'it is what `agentvm plan --json` prints, which is bound to nothing'
        : 'it says nothing of being one';
    throw notASavedPlan(path, why, MAKE_ONE);
  }
  if (typeof version === 'number' && version > VERSION) {
    throw new AgentvmError({
      code: 'SAVED_PLAN_FROM_FUTURE',
      exitCode: ExitCode.usage,
      message: `${path} was written by a newer agentvm (version ${version}; this one knows ${VERSION})`,
      hint: 'Apply it with that agentvm, or plan again: agentvm plan --out FILE',
    });
  }
  const sealed = document as Sealed;
  if (!isSealed(sealed, key)) {
    throw new AgentvmError({
      code: 'SAVED_PLAN_ALTERED',
      exitCode: ExitCode.stalePlan,
      message: `${path} was changed after it was saved, or saved on another host`,
      hint: 'Plan again on this host, and look at the plan: agentvm plan --out FILE',
    });
  }
  const { seal: _, ...plan } = sealed;
  return plan;
};

/** What stands where a plan is to be saved must be nothing, or a plan saved before. */
const refuseOverwriting = async (path: string): Promise<void> => {
  const present = await lstat(path).catch(() => undefined);
  if (present === undefined) return;
  const isOurs =
    present.isFile() &&
    present.size <= BYTES_MAX &&
    (await readText(path).then((text) => /^\s*\{\s*"kind":\s*"saved-plan"/.test(text)));
  if (isOurs) return;
  throw new AgentvmError({
    code: 'FILE_IN_THE_WAY',
    exitCode: ExitCode.usage,
    message: `${path} is there already and is no saved plan`,
    hint: 'Name another file, or delete that one.',
  });
};

/**
 * Saves a plan, mode 0600, and seals it with this host's key. A plan that was saved there before is replaced.
 * @throws AgentvmError FILE_IN_THE_WAY, FOLDER_MISSING (exit 3).
 */
export const writeSavedPlan = async (path: string, plan: SavedPlan, key: Uint8Array): Promise<void> => {
  const folder = dirname(path);
  if (!(await lstat(folder).catch(() => undefined))) {
    throw new AgentvmError({
      code: 'FOLDER_MISSING',
      exitCode: ExitCode.usage,
      message: `There is no folder ${folder} to save the plan in`,
      hint: `Make it: mkdir -p ${folder}`,
    });
  }
  await refuseOverwriting(path);
  await writeFileAtomic(path, `${JSON.stringify({ ...plan, seal: sealOf(plan, key) }, null, 2)}\n`);
};
