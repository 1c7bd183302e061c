import { sharesOf } from '../../engine/machine-spec.ts';
import { networkOf } from '../../engine/network-spec.ts';
import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { MachineState } from '../../model/machine.ts';
import type { NetworkEvent, NetworkSpec, SecretSpec } from '../../model/network.ts';
import type { SecretsDocument } from '../../model/secrets-document.ts';
import { digestKey } from '../../state/digest-key.ts';
import { readNetworkEvents } from '../../state/network-events.ts';
import { printable } from '../../ui/printable.ts';
import { sourceText } from '../../ui/secrets-text.ts';
import { type Reach, reachOf } from '../reach.ts';
import type { Selection } from '../selection.ts';
import { tableText } from '../table.ts';
import { type ExistingMachine, findMachineOf } from '../target.ts';

const HTTPS_PORT = 443;

const networkOfState = async (context: Context, state: MachineState): Promise<NetworkSpec> =>
  networkOf({ ...state, digestKey: await digestKey(context.paths) });

/** When a request carried a secret last. */
const lastUse = (events: readonly NetworkEvent[], name: string): string | null =>
  events.findLast(({ verdict, secrets }) => verdict === 'passed' && secrets?.includes(name))?.at ?? null;

const usedText = (lastUsedAt: string | null): string =>
  lastUsedAt === null ? 'not yet' : `${lastUsedAt.slice(0, 19)}Z`;

/** Shows the machine's secrets: where each comes from, which hosts get it, when it was last used; never a value. */
export const listSecrets = async (
  context: Context,
  options: Selection & { readonly json?: boolean },
): Promise<number> => {
  const { state, ref } = await findMachineOf(context, options);
  const { secrets } = await networkOfState(context, state);
  const { events } = await readNetworkEvents(ref.dir);
  const document: SecretsDocument = {
    kind: 'secrets',
    version: 1,
    machine: state.name,
    secrets: secrets.map(({ name, source, hosts }) => ({
      name,
      source,
      hosts,
      lastUsedAt: lastUse(events, name),
    })),
  };
  if (options.json) context.io.stdout(`${JSON.stringify(document, null, 2)}\n`);
  else if (secrets.length === 0) context.io.stderr(`agentvm: '${state.name}' has no secrets\n`);
  else {
    const rows = document.secrets.map(({ name, source, hosts, lastUsedAt }) => [
      name,
      printable(sourceText(source)),
      hosts.join(', '),
      usedText(lastUsedAt),
    ]);
    context.io.stdout(await tableText(['NAME', 'FROM', 'HOSTS', 'LAST USED'], rows));
  }
  return ExitCode.done;
};

const findSecret = (state: MachineState, secrets: readonly SecretSpec[], name: string): SecretSpec => {
  const secret = secrets.find((one) => one.name === name);
  if (secret !== undefined) return secret;
  const known = secrets.map((one) => one.name).join(', ');
  throw new AgentvmError({
    code: 'SECRET_UNKNOWN',
    exitCode: ExitCode.usage,
    message: `Machine '${state.name}' has no secret '${printable(name)}'${known === '' ? '' : `; there are: ${known}`}`,
    hint: `Add it under \`secrets\` in ${state.manifestPath} and run \`agentvm apply\`.`,
  });
};

/** Reads the value as the keeper would, and forgets it. @throws AgentvmError SECRET_UNAVAILABLE (exit 8). */
const tryValue = async (context: Context, { state }: ExistingMachine, secret: SecretSpec): Promise<void> => {
  const { readSecret } = await import('../../keeper/secrets/source.ts');
  const folders = sharesOf(context.paths, state).map(({ hostPath }) => hostPath);
  await readSecret({ context, variable: (name) => context.env[name], shared: () => folders }, secret).catch(
    (error: unknown) => {
      if (!(error instanceof AgentvmError)) throw error;
      const { code, message, hint, details } = error;
      const { stalled } = ExitCode;
      throw new AgentvmError({
        code,
        message,
        details,
        exitCode: stalled,
        ...(hint === undefined ? {} : { hint }),
      });
    },
  );
};

const reachText = ({ allowed, rule, answer }: Reach): string => {
  if (!allowed) return `refused: ${rule}`;
  if (answer === null) return 'allowed, but it resolves to nothing';
  return answer.kind === 'answered'
    ? `allowed, answers after ${answer.elapsedMs} ms`
    : `allowed, but does not answer: ${answer.why}`;
};

/** Tells whether a secret's value can be had now and whether its hosts can; never the value. Exit 8 when not. */
export const testSecret = async (
  context: Context,
  options: Selection & { readonly name: string },
): Promise<number> => {
  const machine = await findMachineOf(context, options);
  const { egress, secrets } = await networkOfState(context, machine.state);
  const secret = findSecret(machine.state, secrets, options.name);
  await tryValue(context, machine, secret);
  // Looking at the machine hands its keeper what comes from this command's environment.
  await machine.driver.inspect(context, machine.ref, { refresh: false });
  const { events } = await readNetworkEvents(machine.ref.dir);
  const named = secret.hosts.filter((host) => !host.startsWith('*.'));
  const reached = await Promise.all(
    named.map(async (host) => ({ host, reach: await reachOf(context, egress, { host, port: HTTPS_PORT }) })),
  );
  const rows = [
    ...reached.map(({ host, reach }) => [host, reachText(reach)]),
    ...secret.hosts.filter((host) => host.startsWith('*.')).map((host) => [host, 'any name below it']),
  ];
  const width = Math.max(...rows.map(([host = '']) => host.length));
  context.io.stdout(
    printable(
      [
        `${secret.name}: the ${sourceText(secret.source)} gives a value`,
        ...rows.map(([host = '', text = '']) => `  ${host.padEnd(width)}  ${text}`),
        `Last used: ${usedText(lastUse(events, secret.name))}`,
        '',
      ].join('\n'),
    ),
  );
  return reached.every(({ reach }) => reach.answer?.kind === 'answered') ? ExitCode.done : ExitCode.stalled;
};
