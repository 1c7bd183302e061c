import type { GuestFile } from '../../model/guest.ts';
import { ENVIRONMENT_FILE, seededGuest } from '../../model/guest-files.ts';
import { readKept } from '../../state/kept-record.ts';
import { rememberLayerFiles, rememberSeed, wholeSeed } from '../kept.ts';
import { writeEnvironment } from './guest-content.ts';
import { planAgain, type StepHandler, type StepRun } from './step.ts';

const FILE = /^guest\.files\[(.*)\]$/s;
const SHARE = /^guest\.shares\[(.*)\]$/s;

const keysOf = (things: readonly string[], pattern: RegExp): readonly string[] =>
  things.flatMap((thing) => pattern.exec(thing)?.[1] ?? []);

const shippedFiles = async (run: StepRun, paths: readonly string[]): Promise<readonly GuestFile[]> =>
  paths.length === 0
    ? []
    : (await run.ports.layers.guestFiles(run.driver.name)).filter(({ path }) => paths.includes(path));

/**
 * Makes again what agentvm keeps in the guest beside the manifest's fields. Files of the seed, names and users are the
 * seed program's own work, so it is given a seed again; it leaves alone what is right. Shares are bound one by one.
 */
export const guestMend: StepHandler<'guest.mend'> = {
  probe: planAgain,
  keepsFields: true,
  run: async (run) => {
    const { things } = run.action;
    const paths = keysOf(things, FILE);
    const spec = await run.spec();
    const { shares: _shares, ...seed } = await wholeSeed(run, spec.seed);
    const seeded = seededGuest(seed).files;
    const { files: record } = await readKept(run.context.paths, run.ref.id);
    const isSeeded = (path: string): boolean => path in seeded || path in record.seed;
    const needsSeed = things.includes('guest.hostname') || paths.some(isSeeded);
    const ofLayer = paths.filter((path) => path in record.layer && !isSeeded(path));
    const files = await shippedFiles(run, ofLayer);
    const network = things.includes('guest.route');
    if (needsSeed || files.length > 0 || network) {
      await run.guest.mend({ files, seed: needsSeed ? seed : {}, network });
    }
    if (ofLayer.length > 0) await rememberLayerFiles(run, ofLayer, files);
    if (needsSeed) await rememberSeed(run, spec.seed);
    if (paths.includes(ENVIRONMENT_FILE)) await writeEnvironment(run);
    for (const share of spec.shares.filter(({ guestPath }) => keysOf(things, SHARE).includes(guestPath))) {
      await run.guest.mountShare({ id: share.id, guestPath: share.guestPath, mode: share.mode });
    }
    return {};
  },
};
