import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateDir } from '../../lib/atomic-file.ts';
import type { Context } from '../../lib/context.ts';
import { AgentvmError } from '../../model/errors.ts';
import { npm } from './npm.ts';
import {
  type AgentSource,
  EXACT_VERSION,
  isFetched,
  MARK,
  markOf,
  NODE_CPU,
  packagesDir,
  versionNotFound,
} from './package-store.ts';

const INSTALL_TIMEOUT_MS = 20 * 60_000;
const ABANDONED_AFTER_MS = 24 * 3600_000;

const removeAbandoned = async (context: Context, folder: string): Promise<void> => {
  for (const entry of await readdir(folder).catch(() => [])) {
    if (!entry.startsWith('.fetch-')) continue;
    const path = join(folder, entry);
    const madeMs = (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
    if (context.clock.now().getTime() - madeMs > ABANDONED_AFTER_MS)
      await rm(path, { recursive: true, force: true });
  }
};

const moveInto = async (
  context: Context,
  source: AgentSource,
  version: string,
  work: string,
  target: string,
): Promise<void> => {
  try {
    await rename(work, target);
  } catch (error) {
    if (await isFetched(context, source, version)) return;
    // Another definition of the same name left something else there.
    await rm(target, { recursive: true, force: true });
    await rename(work, target).catch(() => {
      throw error;
    });
  }
};

/**
 * Downloads an agent's package with its dependencies into `<data>/agents/<name>/<version>`, where it is shared with
 * every machine; npm checks each tarball, and no script of it runs here. Found there, nothing is done. Two at the
 * same time are safe: each works in a folder of its own, the first to end wins.
 * @returns the folder's absolute path.
 * @throws AgentvmError AGENT_NOT_FOUND or of npm.
 */
export const fetchAgent = async (context: Context, source: AgentSource, version: string): Promise<string> => {
  const { name, install } = source.agent.definition;
  const folder = packagesDir(context);
  const target = join(folder, name, version);
  if (!EXACT_VERSION.test(version)) throw versionNotFound(source, version, undefined);
  if (await isFetched(context, source, version)) return target;

  await makePrivateDir(join(folder, name));
  await removeAbandoned(context, folder);
  const work = join(folder, `.fetch-${context.ids.hex(8)}`);
  await makePrivateDir(work);
  try {
    // npm 11 warns of, and npm 12 stops, install scripts that the root package does not allow by name.
    const allowScripts = Object.fromEntries((install.scripts ?? []).map((script) => [script, true]));
    await writeFile(join(work, 'package.json'), JSON.stringify({ private: true, allowScripts }));
    await npm(
      context,
      source.projectDir,
      [
        'install',
        '--ignore-scripts',
        // Git would be started on the host with what the package's author says.
        '--allow-git=none',
        '--no-audit',
        '--no-fund',
        '--no-update-notifier',
        '--save-exact',
        '--include=optional',
        '--os=linux',
        `--cpu=${NODE_CPU[source.arch]}`,
        '--libc=glibc',
        '--prefix',
        work,
        '--',
        `${install.npm}@${version}`,
      ],
      { cwd: work, timeoutMs: INSTALL_TIMEOUT_MS },
    );
    await writeFile(join(work, MARK), markOf(source, version));
    await moveInto(context, source, version, work, target);
    return target;
  } catch (error) {
    if (error instanceof AgentvmError && error.details.some((line) => /E404|ETARGET/.test(line))) {
      throw versionNotFound(source, version, error);
    }
    throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};
