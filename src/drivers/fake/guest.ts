import type { Context } from '../../lib/context.ts';
import { canonicalJson, sha256 } from '../../lib/hash.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { Guest, GuestFacts, GuestOperations, LookRequest, Seen } from '../../model/guest.ts';
import { ENVIRONMENT_FILE, seededGuest } from '../../model/guest-files.ts';
import type { MachineRef } from '../driver.ts';
import { FIRST_VERSION, readFakeCatalogue } from './catalogue.ts';
import { withFaults } from './faults.ts';
import { changeMachine, changeRoot, type FakeMachine, type FakeRoot, machineOf, rootOf } from './record.ts';

/** A package that no simulated distribution has. */
const MISSING_PACKAGE = 'no-such-package';
/** What a script has in it that fails after it has left its traces. */
const FAILING_SCRIPT = 'exit 3';

const scriptFailure = (name: string): AgentvmError =>
  new AgentvmError({
    code: 'SCRIPT_FAILED',
    exitCode: ExitCode.applyFailed,
    message: `The script ${name} exited with code 3 in the machine`,
    hint: 'Mend the script and apply again; it runs from its beginning.',
  });

const runningMachine = async (ref: MachineRef): Promise<FakeMachine> => {
  const machine = await machineOf(ref);
  if (machine.power === 'running' && machine.isReady) return machine;
  throw new AgentvmError({
    code: 'GUEST_UNREACHABLE',
    exitCode: ExitCode.stalled,
    message: `The guest of '${ref.name}' does not answer`,
    hint: 'Start it: agentvm start',
  });
};

const changeRunningRoot = async (
  ref: MachineRef,
  change: (root: FakeRoot) => Partial<FakeRoot>,
): Promise<void> => {
  await runningMachine(ref);
  await changeRoot(ref, change);
};

const isBelow = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);

const sharesAt = (machine: FakeMachine, ids: readonly string[]) =>
  ids.flatMap((id) => machine.running?.shares.find((share) => share.id === id) ?? []);

/** A mount hides those that were there before below its place. */
const visibleMounts = (machine: FakeMachine) => {
  const shares = sharesAt(machine, machine.mounted);
  return Object.fromEntries(
    shares
      .filter((share, index) =>
        shares.slice(index + 1).every((later) => !isBelow(share.guestPath, later.guestPath)),
      )
      .map(({ id, guestPath, mode }) => [guestPath, { share: id, mode }]),
  );
};

/** Path → content of what a boot with this seed writes. */
export const seededFiles = (seed: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(seededGuest(seed).files).map(([path, contents]) => [path, contents[0] ?? '']),
  );

/** A stamp of an agent's package; the simulated package is nothing but its version. */
const stampOf = (name: string, version: string): string => sha256(`${name} ${version}`);

const known = <T>(value: T): Seen<T> => ({ kind: 'known', value });

const factsOf = (machine: FakeMachine, root: FakeRoot, request: LookRequest): GuestFacts => {
  const { running, boots } = machine;
  const { agents, packages, system, diskBytes, usedBytes } = root;
  const file = (path: string): string | null => {
    const content = system[path];
    return content === undefined ? null : sha256(content);
  };
  return {
    bootId: `boot-${boots}`,
    packages: known(
      Object.fromEntries(
        request.packages.map((name) => [name, packages.includes(name) ? 'installed' : 'absent']),
      ),
    ),
    agents: Object.fromEntries(
      request.agents.map((name) => [
        name,
        known({ version: agents[name] ?? null, isAltered: root.alteredAgents.includes(name) }),
      ]),
    ),
    mounts: known(visibleMounts(machine)),
    scripts: known(
      Object.fromEntries((request.scripts ?? []).map((name) => [name, root.marks[name] ?? null])),
    ),
    files: Object.fromEntries((request.files ?? []).map((path) => [path, known(file(path))])),
    hostname: known(running?.hostname ?? ''),
    user: running?.user ? known(running.user) : { kind: 'unknown', why: 'the simulated guest has no user' },
    cpus: known(running?.cpus ?? 0),
    memoryMiB: known(running?.memoryMiB ?? 0),
    hasRoute: known(running?.hasRoute ?? false),
    room: known({ totalBytes: diskBytes, freeBytes: Math.max(0, diskBytes - usedBytes) }),
  };
};

/** The version behind `latest`, `host` or an exact one in the simulator's world. */
export const fakeAgentVersion = async (context: Context, name: string, wanted: string): Promise<string> =>
  wanted === 'latest' || wanted === 'host'
    ? ((await readFakeCatalogue(context)).agents[name] ?? FIRST_VERSION)
    : wanted;

/** The simulated guest as the engine sees it. */
export const fakeGuestOperations = (context: Context, ref: MachineRef): GuestOperations => {
  const inGuest = <T>(operation: string, work: () => Promise<T>): Promise<T> =>
    withFaults(context, `guest.${operation}`, work);
  return {
    waitUntilReady: () =>
      inGuest('waitUntilReady', async () => {
        await changeMachine(ref, (machine) => ({ ...machine, isReady: machine.power === 'running' }));
        await runningMachine(ref);
      }),
    observe: (request) =>
      inGuest('observe', async () => {
        const machine = await runningMachine(ref);
        return factsOf(machine, rootOf(machine, ref), request);
      }),
    findInstalled: () =>
      inGuest('findInstalled', async () => ({
        packages: [...rootOf(await runningMachine(ref), ref).packages].sort(),
        npm: [],
      })),
    mend: ({ files, seed, network }) =>
      inGuest('mend', async () => {
        await changeRunningRoot(ref, (root) => ({
          system: {
            ...root.system,
            ...Object.fromEntries(files.map(({ path, content }) => [path, content])),
            ...seededFiles(seed),
          },
        }));
        const { hostname } = seededGuest(seed);
        await changeMachine(ref, (one) =>
          one.running === null
            ? one
            : {
                ...one,
                running: {
                  ...one.running,
                  hostname: hostname ?? one.running.hostname,
                  hasRoute: one.running.hasRoute || network,
                },
              },
        );
      }),
    changePackages: ({ install, remove }) =>
      inGuest('changePackages', async () => {
        if (install.includes(MISSING_PACKAGE)) {
          throw new AgentvmError({
            code: 'PACKAGE_UNKNOWN',
            message: `The package '${MISSING_PACKAGE}' does not exist`,
            hint: 'Correct its name under base.packages.',
          });
        }
        await changeRunningRoot(ref, (root) => ({
          packages: [
            ...new Set([...root.packages.filter((name) => !remove.includes(name)), ...install]),
          ].sort(),
        }));
      }),
    runScript: ({ name, content }) =>
      inGuest('runScript', async () => {
        await changeRunningRoot(ref, (root) => ({ scripts: [...root.scripts, name] }));
        if (new TextDecoder().decode(content).includes(FAILING_SCRIPT)) throw scriptFailure(name);
        await changeRunningRoot(ref, (root) => ({ marks: { ...root.marks, [name]: sha256(content) } }));
      }),
    writeEnvironment: (environment) =>
      inGuest('writeEnvironment', async () => {
        const text = canonicalJson(environment);
        await changeRunningRoot(ref, ({ system }) => ({
          environment,
          system: { ...system, [ENVIRONMENT_FILE]: text },
        }));
        return sha256(text);
      }),
    mountShare: (share) =>
      inGuest('mountShare', async () => {
        const machine = await runningMachine(ref);
        if (!machine.running?.shares.some((one) => one.id === share.id)) {
          throw new AgentvmError({
            code: 'SHARE_MISSING',
            message: `The share ${share.id} is not exported`,
          });
        }
        await changeMachine(ref, (one) => ({
          ...one,
          mounted: one.mounted.includes(share.id) ? one.mounted : [...one.mounted, share.id],
        }));
      }),
    unmountShare: (share) =>
      inGuest('unmountShare', async () => {
        const machine = await runningMachine(ref);
        const later = sharesAt(machine, machine.mounted.slice(machine.mounted.indexOf(share.id) + 1));
        if (
          machine.mounted.includes(share.id) &&
          later.some(
            ({ guestPath }) => isBelow(guestPath, share.guestPath) || isBelow(share.guestPath, guestPath),
          )
        ) {
          throw new AgentvmError({ code: 'MOUNT_BUSY', message: `${share.guestPath} is busy` });
        }
        await changeMachine(ref, (one) => ({
          ...one,
          mounted: one.mounted.filter((id) => id !== share.id),
        }));
      }),
    installAgent: ({ name, version }) =>
      inGuest('installAgent', async () => {
        const resolved = await fakeAgentVersion(context, name, version);
        await changeRunningRoot(ref, (root) => ({
          agents: { ...root.agents, [name]: resolved },
          alteredAgents: root.alteredAgents.filter((one) => one !== name),
        }));
        return { version: resolved, stamp: stampOf(name, resolved) };
      }),
    quiesce: (work) => inGuest('quiesce', work),
    sessions: () => inGuest('sessions', async () => (await runningMachine(ref)).sessions ?? []),
    removeAgent: (name) =>
      inGuest('removeAgent', () =>
        changeRunningRoot(ref, (root) => ({
          agents: Object.fromEntries(Object.entries(root.agents).filter(([one]) => one !== name)),
        })),
      ),
  };
};

/** The few programs that the simulated guest has. */
export const fakeGuest = (context: Context, ref: MachineRef): Guest => ({
  exec: (argv) =>
    withFaults(context, 'guest.exec', async () => {
      const root = rootOf(await runningMachine(ref), ref);
      const [program, ...args] = argv;
      switch (program) {
        case 'true':
          return { exitCode: 0, stdout: '', stderr: '' };
        case 'false':
          return { exitCode: 1, stdout: '', stderr: '' };
        case 'echo':
          return { exitCode: 0, stdout: `${args.join(' ')}\n`, stderr: '' };
        case 'env': {
          const lines = Object.entries(root.environment).map(([name, value]) => `${name}=${value}\n`);
          return { exitCode: 0, stdout: lines.join(''), stderr: '' };
        }
        default:
          return { exitCode: 127, stdout: '', stderr: `${program}: command not found\n` };
      }
    }),
});
