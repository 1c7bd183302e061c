import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { sha256 } from '../../lib/hash.ts';
import { AgentvmError } from '../../model/errors.ts';
import type { ScriptValue } from '../../model/field-values.ts';
import type { Desired } from '../../model/machine.ts';
import { readKept } from '../../state/kept-record.ts';
import { seedAuthority, sessionEnvironment } from '../guest-secrets.ts';
import { rememberAgent, rememberEnvironment, rememberScript } from '../kept.ts';
import { planAgain, type StepHandler, type StepRun } from './step.ts';

/** Installs and removes packages of the guest's distribution. */
export const packagesChange: StepHandler<'packages.change'> = {
  probe: planAgain,
  run: async ({ guest, action }) => {
    await guest.changePackages({ install: action.install, remove: action.remove });
    return {};
  },
};

const desiredOf = (run: StepRun): Desired => {
  if (run.desired === undefined) throw new Error(`${run.action.kind} runs only with a manifest`);
  return run.desired;
};

/** Writes the environment of sessions, and remembers how the file is since. */
export const writeEnvironment = async (run: StepRun): Promise<void> => {
  const { network } = await run.spec();
  const environment = sessionEnvironment(desiredOf(run).environment, network.secrets);
  const sha256OfFile = await run.guest.writeEnvironment(environment);
  await rememberEnvironment(run, sha256OfFile);
};

/**
 * Gives new sessions their environment; before a placeholder is in it, its machine knows what to do with one. What the
 * last secret needed goes when nothing is led to it any more.
 */
export const envWrite: StepHandler<'env.write'> = {
  probe: planAgain,
  run: async (run) => {
    const spec = await run.spec();
    const hasChanged = Object.keys(run.patch).some((field) => field.startsWith('secrets['));
    const hasSecrets = spec.network.secrets.length > 0;
    if (hasSecrets) await seedAuthority(run, spec);
    const driverState = hasChanged
      ? await run.driver.updateLive(run.context, run.ref, spec)
      : run.ref.driverState;
    await writeEnvironment(run);
    if (!hasSecrets) await seedAuthority(run, spec);
    return { driverState };
  },
};

const readScript = async (path: string): Promise<Uint8Array> => {
  // Not blocking, since the guest can put a named pipe in the project; not following its links either.
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!(await handle.stat()).isFile()) throw new Error('it is no regular file');
    return await handle.readFile();
  } finally {
    await handle.close();
  }
};

/** Reads a script and holds it against what was planned: what was approved is what runs. */
const approvedScript = async (desired: Desired, key: string): Promise<Uint8Array> => {
  const value = desired.fields.get(`base.scripts[${key}]`)?.value as unknown as ScriptValue | undefined;
  if (value === undefined) throw new Error(`the manifest has no script ${key}`);
  const path = resolve(desired.project.realPath, value.path);
  const content = await readScript(path).catch((cause: Error) => {
    throw new AgentvmError({
      code: 'SCRIPT_UNREADABLE',
      message: `The script ${path} cannot be read: ${cause.message}`,
      hint: 'Put it back, or take it out of base.scripts.',
      cause,
    });
  });
  if (sha256(content) === value.sha256) return content;
  throw new AgentvmError({
    code: 'SCRIPT_CHANGED',
    message: `The script ${path} has changed since it was planned`,
    hint: 'Look at it, then run agentvm apply again.',
  });
};

/** Runs one of the manifest's scripts as root in the guest. */
export const scriptRun: StepHandler<'script.run'> = {
  probe: planAgain,
  run: async (run) => {
    const desired = desiredOf(run);
    const content = await approvedScript(desired, run.action.key);
    const { shares } = await run.spec();
    const workspace = shares.find((share) => share.id === 'workspace');
    await run.guest.runScript({ name: run.action.key, content, cwd: workspace?.guestPath ?? '/' });
    await rememberScript(run, run.action.key);
    return {};
  },
};

/** Installs an agent and records the version that `latest` or `host` stood for. */
export const agentInstall: StepHandler<'agent.install'> = {
  probe: planAgain,
  run: async (run) => {
    const { name, version } = run.action;
    const { stamps } = await readKept(run.context.paths, run.ref.id);
    const stamp = stamps[name];
    const installed = await run.guest.installAgent({
      name,
      version,
      ...(stamp === undefined ? {} : { stamp }),
    });
    await rememberAgent(run, name, installed.stamp);
    const field = `agents[${name}].version`;
    // The step may name the version that an upgrade takes; what counts is what the manifest asks for.
    const wanted = run.patch[field] ?? run.state.fields[field];
    return wanted?.value === installed.version ? {} : { resolved: { [field]: installed.version } };
  },
};

export const agentRemove: StepHandler<'agent.remove'> = {
  probe: planAgain,
  run: async (run) => {
    await run.guest.removeAgent(run.action.name);
    await rememberAgent(run, run.action.name, undefined);
    return {};
  },
};
