import { isDeepStrictEqual } from 'node:util';
import type { MachineRef } from '../drivers/driver.ts';
import type { Context } from '../lib/context.ts';
import { sha256 } from '../lib/hash.ts';
import type { GuestFile } from '../model/guest.ts';
import { ENVIRONMENT_FILE, seededGuest } from '../model/guest-files.ts';
import { digestKey } from '../state/digest-key.ts';
import { changeKept, EMPTY_KEPT, type KeptFiles, keptDigest, readKept } from '../state/kept-record.ts';
import type { StepRun } from './steps/step.ts';

type Run = { readonly context: Context; readonly ref: MachineRef };

/** The files of a guest as they stand in the record: by keyed digests of what is right in each. */
const digestsOf = async (
  { paths }: Context,
  files: Readonly<Record<string, readonly string[]>>,
): Promise<KeptFiles> => {
  const key = await digestKey(paths);
  return Object.fromEntries(
    Object.entries(files).map(([path, contents]) => [
      path,
      contents.map((content) => keptDigest(key, sha256(content))),
    ]),
  );
};

/** Begins a new record for a new root disk, with what its layer brings. */
export const rememberRoot = async ({ context, ref, driver, ports }: StepRun): Promise<void> => {
  const files = await ports.layers.guestFiles(driver.name);
  const layer = await digestsOf(
    context,
    Object.fromEntries(files.map(({ path, content }) => [path, [content]])),
  );
  await changeKept(context.paths, ref.id, () => ({ ...EMPTY_KEPT, files: { ...EMPTY_KEPT.files, layer } }));
};

/** Remembers files of the layer that were written again: as this release has them, which may be a newer one. */
export const rememberLayerFiles = async (
  { context, ref }: Run,
  paths: readonly string[],
  written: readonly GuestFile[],
): Promise<void> => {
  const files = await digestsOf(
    context,
    Object.fromEntries(written.map(({ path, content }) => [path, [content]])),
  );
  await changeKept(context.paths, ref.id, (kept) => {
    const others = Object.entries(kept.files.layer).filter(([path]) => !paths.includes(path));
    return { ...kept, files: { ...kept.files, layer: { ...Object.fromEntries(others), ...files } } };
  });
};

/** The whole seed of a start: what the spec says, and what the driver adds. */
export const wholeSeed = async (
  { driver, ref }: Pick<StepRun, 'driver' | 'ref'>,
  seed: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> => ({ ...seed, ...(await driver.ownSeed?.(ref)) });

/** Whether the record says of a file of the seed, also that there is none, what this seed makes of it. */
export const isSeedRemembered = async (
  { context, ref }: Run,
  seed: Readonly<Record<string, string>>,
  path: string,
): Promise<boolean> => {
  const contents = seededGuest(seed).files[path];
  const wanted = contents === undefined ? {} : await digestsOf(context, { [path]: contents });
  const { files } = await readKept(context.paths, ref.id);
  return isDeepStrictEqual(files.seed[path], wanted[path]);
};

/** Remembers what a seed makes of the guest. */
export const rememberSeed = async (
  run: StepRun,
  specSeed: Readonly<Record<string, string>>,
): Promise<void> => {
  const { context, ref } = run;
  const { files, hostname, user } = seededGuest(await wholeSeed(run, specSeed));
  const seed = await digestsOf(context, files);
  await changeKept(context.paths, ref.id, (kept) => ({
    ...kept,
    files: { ...kept.files, seed },
    hostname,
    user,
  }));
};

/** Remembers the file of the environment of sessions. */
export const rememberEnvironment = async ({ context, ref }: Run, sha256OfFile: string): Promise<void> => {
  const digest = keptDigest(await digestKey(context.paths), sha256OfFile);
  await changeKept(context.paths, ref.id, (kept) => ({
    ...kept,
    files: { ...kept.files, environment: { [ENVIRONMENT_FILE]: [digest] } },
  }));
};

/** Remembers that a script leaves a mark now. */
export const rememberScript = ({ context, ref }: Run, name: string): Promise<void> =>
  changeKept(context.paths, ref.id, (kept) => ({
    ...kept,
    scripts: [...new Set([...kept.scripts, name])].sort(),
  }));

/** Remembers the stamp of an agent's package; undefined when it was removed. */
export const rememberAgent = (
  { context, ref }: Run,
  name: string,
  stamp: string | undefined,
): Promise<void> =>
  changeKept(context.paths, ref.id, (kept) => {
    const { [name]: _before, ...others } = kept.stamps;
    return { ...kept, stamps: stamp === undefined ? others : { ...others, [name]: stamp } };
  });
