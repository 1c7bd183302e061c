import { readFile } from 'node:fs/promises';
import type { Context } from '../lib/context.ts';
import type { ImageBuild } from '../model/image-catalogue.generated.ts';

/** How packages are fetched on this host, for a build that fetches the same ones. */
export type HostApt = {
  /** Lines of a sources.list; none when the host is of another release, which leaves the choice to mmdebstrap. */
  readonly sources: readonly string[];
  /** Lines of an apt.conf that reach the mirrors: proxies, retries. They can hold passwords. */
  readonly settings: readonly string[];
};

/** Suites of one release that make up its ordinary package sources. */
const suitesOf = (suite: string): readonly string[] => [suite, `${suite}-updates`, `${suite}-security`];

/** Lines of `apt-get indextargets`, `URI|SUITE|COMPONENT`, as lines of a sources.list; sources of others are left out. */
export const sourcesFromTargets = (targets: string, build: ImageBuild): readonly string[] => {
  const wanted = suitesOf(build.suite);
  const components: readonly string[] = build.components;
  const lines = targets
    .split('\n')
    .map((line) => line.split('|'))
    .filter(
      ([uri = '', suite = '', component = '']) =>
        /^https?:\/\/[^\s[\]]+$/.test(uri) && wanted.includes(suite) && components.includes(component),
    )
    .map(([uri, suite, component]) => `deb ${uri} ${suite} ${component}`);
  const complete = lines.some((line) => line.split(' ')[2] === build.suite);
  return complete ? [...new Set(lines)] : [];
};

/** Settings of `apt-config dump` that decide whether a mirror can be reached. */
export const settingsFromDump = (dump: string): readonly string[] =>
  dump
    .split('\n')
    .filter((line) => /^Acquire::(https?|Check-\w[\w-]*|Retries|ForceIPv[46])\b[^"]* "[^"]+";$/.test(line));

/** The release's code name of this host, for example `bookworm`, or undefined where no os-release tells. */
const hostCodename = async (): Promise<string | undefined> => {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^VERSION_CODENAME="?([a-z]+)"?$/m.exec(text)?.[1];
};

/** The host's own mirrors where it is of the release to build, and its way to reach them in any case. */
export const readHostApt = async (context: Context, build: ImageBuild): Promise<HostApt> => {
  const options = { signal: context.signal, accept: 'any' as const };
  const dump = await context.exec('apt-config', ['dump'], options);
  const settings = settingsFromDump(dump.stdout);
  if ((await hostCodename()) !== build.suite) return { sources: [], settings };
  const format = '$(REPO_URI)|$(RELEASE)|$(COMPONENT)';
  const targets = await context.exec(
    'apt-get',
    ['indextargets', '--format', format, 'Created-By: Packages'],
    options,
  );
  return { sources: sourcesFromTargets(targets.stdout, build), settings };
};
