import { dirname } from 'node:path';
import type { SessionRequest } from '../../guest/session.ts';
import type { Context } from '../../lib/context.ts';
import type { Foreground } from '../../lib/foreground.ts';
import { findManifest } from '../../manifest/find.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { Desired, MachineState } from '../../model/machine.ts';
import { printable } from '../../ui/printable.ts';
import { composePorts } from '../compose.ts';
import type { GuestWords } from '../guest-words.ts';
import { loadManifest, loadManifests } from '../manifest.ts';
import { tellingRefusals } from '../refusals-told.ts';
import type { Selection } from '../selection.ts';
import { connect, type ExistingMachine, findMachineOf, guestFolder, machineOf } from '../target.ts';
import { tellUnsetSecrets } from '../unset-secrets.ts';

/** A program for the guest: given word by word, or an agent that its definition turns into words. */
type Program =
  | { readonly kind: 'command'; readonly argv: readonly [string, ...string[]] }
  | { readonly kind: 'agent'; readonly name: string | undefined; readonly words: readonly string[] };

/** `agentvm run [args…]` starts the manifest's agent, `agentvm run -- CMD…` a program of one's own. */
export const run = async (context: Context, foreground: Foreground, words: GuestWords): Promise<number> => {
  const [first, ...rest] = words.words;
  if (words.separated && first === undefined) {
    throw new AgentvmError({
      code: 'USAGE',
      exitCode: ExitCode.usage,
      message: 'agentvm run -- needs a program to run',
      hint: 'For example: agentvm run -- npm test. Without -- it starts the agent.',
    });
  }
  const program: Program =
    words.separated && first !== undefined
      ? { kind: 'command', argv: [first, ...rest] }
      : { kind: 'agent', name: undefined, words: words.words };
  return start(context, foreground, words, program);
};

/** `agentvm AGENT [args…]` for every agent that has a definition; undefined for a word that names none. */
export const runAgent = async (
  context: Context,
  foreground: Foreground,
  request: { readonly agent: string; readonly words: readonly string[] },
): Promise<number | undefined> => {
  const { findAgent } = await import('../../guest/agents/definition.ts');
  const found = await findManifest(context.cwd, undefined);
  const projectDir = found.ok ? dirname(found.place.path) : context.cwd;
  if ((await findAgent({ paths: context.paths, projectDir }, request.agent)) === undefined) return undefined;
  return start(context, foreground, {}, { kind: 'agent', name: request.agent, words: request.words });
};

/**
 * Makes sure that there is a running machine, then starts the program once and hands the terminal to it.
 * @returns the program's own exit code.
 */
const start = async (
  context: Context,
  foreground: Foreground,
  selection: Selection,
  program: Program,
): Promise<number> => {
  const { machine, desired } = await findOrMake(context, selection);
  const [target, cwd, { runSession }] = await Promise.all([
    connectOrStart(context, machine),
    guestFolder(context, machine.state),
    import('../../guest/session.ts'),
  ]);
  const request =
    program.kind === 'command'
      ? { program: program.argv, cwd }
      : { ...(await agentProgram(context, machine.state, desired, program, target.user)), cwd };
  await tellUnsetSecrets(context, machine);
  return tellingRefusals(context, machine, () => runSession(context, target, request, foreground));
};

const fileOf = ({ file }: Selection): Selection => (file === undefined ? {} : { file });

type Found = { readonly machine: ExistingMachine; readonly desired: Desired | undefined };

const declinedError = ({ name }: Desired): AgentvmError =>
  new AgentvmError({
    code: 'APPROVAL_DECLINED',
    exitCode: ExitCode.approvalMissing,
    message: `'${name}' was not made`,
    hint: 'Take what it should not have out of the manifest; `agentvm plan` shows what it asks for.',
  });

/** The machine; made first where there is none. A manifest in need of mending does not close the way in. */
const findOrMake = async (context: Context, selection: Selection): Promise<Found> => {
  const existing = await findMachineOf(context, selection).catch((error: unknown) => {
    if (error instanceof AgentvmError && error.code === 'NO_MACHINE') return undefined;
    throw error;
  });
  if (existing === undefined || existing.state.phase === 'creating') {
    const desired = await loadManifest(context, selection);
    const { applyDesired } = await import('./apply.ts');
    // A machine is made without a question, but what it opens of the host is asked for as by apply.
    const { outcome } = await applyDesired(context, desired, { yes: true }, 'agentvm run');
    if (outcome === 'declined') throw declinedError(desired);
    return { machine: await findMachineOf(context, selection), desired };
  }
  try {
    const { desired: declared } = await loadManifests(context, fileOf(selection));
    const desired = declared.find(({ name }) => name === existing.state.name) ?? declared[0];
    if (desired.revision !== existing.state.revision) {
      context.io.stderr('agentvm: the manifest has changed since the last apply; see `agentvm plan`\n');
    }
    return { machine: existing, desired };
  } catch (error) {
    if (!(error instanceof AgentvmError)) throw error;
    context.io.stderr(
      `agentvm: ${printable(error.message)}; going on with the machine as it is (see \`agentvm validate\`)\n`,
    );
    return { machine: existing, desired: undefined };
  }
};

const connectOrStart = async (context: Context, machine: ExistingMachine): ReturnType<typeof connect> => {
  const { power } = await machine.driver.inspect(context, machine.ref, { refresh: false });
  if (power === 'running') return connect(context, machine);
  const { startMachine } = await import('../../engine/lifecycle.ts');
  return connect(
    context,
    await machineOf(context, await startMachine(context, composePorts(), machine.state, 'agentvm run')),
  );
};

const agentProgram = async (
  context: Context,
  state: MachineState,
  desired: Desired | undefined,
  program: Extract<Program, { kind: 'agent' }>,
  user: string,
): Promise<Pick<SessionRequest, 'program' | 'environment'>> => {
  const [{ loadAgent }, { agentCommand }] = await Promise.all([
    import('../../guest/agents/definition.ts'),
    import('../../guest/agents/command.ts'),
  ]);
  const value = (field: string): unknown =>
    desired === undefined ? state.fields[field]?.value : desired.fields.get(field)?.value;
  const name = program.name ?? value('agent');
  if (typeof name !== 'string') {
    throw new AgentvmError({
      code: 'NO_AGENT',
      exitCode: ExitCode.usage,
      message: `${state.manifestPath} names no agent`,
      hint: 'Add `agent: claude` (or codex, opencode) and run `agentvm apply`, or run a program: agentvm run -- CMD.',
    });
  }
  if (state.fields[`agents[${name}].version`] === undefined) {
    throw new AgentvmError({
      code: 'AGENT_NOT_INSTALLED',
      exitCode: ExitCode.usage,
      message: `The agent '${name}' is not in machine '${state.name}'`,
      hint: `Add it to ${state.manifestPath} (agents: [${name}]) and run \`agentvm apply\`.`,
    });
  }
  const { definition } = await loadAgent({ paths: context.paths, projectDir: state.project.realPath }, name);
  const { argv, environment } = agentCommand(definition, {
    autonomy: value(`agents[${name}].autonomy`) === 'ask' ? 'ask' : 'full',
    args: (value(`agents[${name}].args`) as readonly string[] | undefined) ?? [],
    userArgs: program.words,
    user,
  });
  return { program: argv, environment };
};
