import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { Guest, GuestOperations } from '../../model/guest.ts';
import type { MachineRef } from '../driver.ts';
import { FIRST_VERSION, readFakeCatalogue } from './catalogue.ts';
import { withFaults } from './faults.ts';
import { changeMachine, changeRoot, type FakeMachine, type FakeRoot, machineOf, rootOf } from './record.ts';

/** A package that no simulated distribution has. */
const MISSING_PACKAGE = 'no-such-package';

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

const placesOf = (machine: FakeMachine, ids: readonly string[]): readonly string[] =>
  ids.flatMap((id) => machine.running?.shares.find((share) => share.id === id)?.guestPath ?? []);

/** A mount hides those that were there before below its place. */
const visibleMounts = (machine: FakeMachine): readonly string[] => {
  const places = placesOf(machine, machine.mounted);
  return places.filter((place, index) => !places.slice(index + 1).some((later) => isBelow(place, later)));
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
    observe: (names) =>
      inGuest('observe', async () => {
        const machine = await runningMachine(ref);
        const root = rootOf(machine, ref);
        return {
          packages: Object.fromEntries(
            names.packages.map((name) => [name, root.packages.includes(name) ? 'installed' : 'absent']),
          ),
          agents: Object.fromEntries(names.agents.map((name) => [name, root.agents[name] ?? null])),
          mounts: visibleMounts(machine),
          bootId: `boot-${machine.boots}`,
        };
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
    runScript: ({ name }) =>
      inGuest('runScript', () => changeRunningRoot(ref, (root) => ({ scripts: [...root.scripts, name] }))),
    writeEnvironment: (environment) =>
      inGuest('writeEnvironment', () => changeRunningRoot(ref, () => ({ environment }))),
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
        const later = placesOf(machine, machine.mounted.slice(machine.mounted.indexOf(share.id) + 1));
        if (
          machine.mounted.includes(share.id) &&
          later.some((place) => isBelow(place, share.guestPath) || isBelow(share.guestPath, place))
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
        await changeRunningRoot(ref, (root) => ({ agents: { ...root.agents, [name]: resolved } }));
        return resolved;
      }),
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
