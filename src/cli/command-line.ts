import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../lib/context.ts';
import type { Foreground } from '../lib/foreground.ts';
import { RELEASE } from '../lib/release.ts';
import { ExitCode } from '../model/errors.ts';
import { STRATEGIES } from '../model/plan.ts';
import { addNetworkCommands } from './network-commands.ts';

const fileOption = (): Option =>
  new Option(
    '-f, --file <path>',
    'manifest, or a folder of manifests (default: the nearest agentvm.yaml upwards)',
  );

const machineOption = (): Option =>
  new Option('--machine <name>', 'only this one of several machines that the manifests declare');

const allowOption = (what = 'the most disruptive thing to do without asking'): Option =>
  new Option('--allow <level>', what).choices(
    STRATEGIES.filter((strategy) => ['live', 'reapply', 'restart', 'recreate'].includes(strategy)),
  );

const repeated = (word: string, before: readonly string[] = []): readonly string[] => [...before, word];

const grantOption = (): Option =>
  new Option(
    '--grant <id>',
    'let the machine have this of the host, as `plan` names it (may be repeated)',
  ).argParser(repeated);

const revokeOption = (): Option =>
  new Option('--revoke <id>', 'take this grant back from the machine, or `all` (may be repeated)').argParser(
    repeated,
  );

const pruneOption = (): Option =>
  new Option(
    '--prune [name]',
    'set aside machines that were made here and are declared no more: all, or those named by --prune=NAME',
  ).argParser((name: string, names: true | readonly string[] = []) =>
    names === true ? [name] : [...names, name],
  );

const MOST_AT_ONCE = 64;

const parallelOption = (): Option =>
  new Option('--parallel <count>', 'how many machines to work on at once')
    .default(1)
    .argParser((text: string) => {
      const count = Number(text);
      if (Number.isInteger(count) && count >= 1 && count <= MOST_AT_ONCE) return count;
      throw new InvalidArgumentError(`Write a whole number from 1 to ${MOST_AT_ONCE}.`);
    });

/**
 * Reads the command line and runs one command; each command's code is loaded only when it is asked for.
 * @returns the exit code.
 */
export const runCommandLine = async (
  argv: readonly string[],
  context: Context,
  foreground: Foreground,
): Promise<number> => {
  let exitCode: number = ExitCode.done;
  const program = new Command('agentvm')
    .description('Keeps one virtual machine per project in the state that agentvm.yaml declares.')
    .version(RELEASE, '-V, --version')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: context.io.stdout,
      writeErr: context.io.stderr,
      outputError: (text, write) => write(`agentvm: ${text.replace(/^error: /, '')}  → See: agentvm help\n`),
    })
    .addHelpText(
      'after',
      '\nAny agent is a command too: agentvm claude|codex|opencode [args…] is agentvm run with that agent.',
    );

  const add = (declaration: string, description: string): Command =>
    program.command(declaration).description(description);

  add('init', 'write agentvm.yaml for this folder, each line explained')
    .argument('[folder]', 'the project', '.')
    .action(async (folder: string) => {
      exitCode = await (await import('./commands/init.ts')).init(context, { folder });
    });

  add('validate', 'check the manifest alone; no machine is touched')
    .addOption(fileOption())
    .addOption(machineOption())
    .action(async (options) => {
      exitCode = await (await import('./commands/validate.ts')).validate(context, options);
    });

  add('plan', 'show what apply would change, and why')
    .addOption(fileOption())
    .addOption(machineOption())
    .addOption(pruneOption())
    .option('--json', 'print the plan as one JSON document')
    .option('--exit-code', 'exit with 2 when there is something to change')
    .option('--refresh', 'look into the machine anew, packages and agents too')
    .option('--out <path>', 'save the plan: agentvm apply PATH then runs exactly its steps')
    .addOption(allowOption('what the saved plan may do without being allowed again (default: restart)'))
    .action(async (options) => {
      exitCode = await (await import('./commands/plan.ts')).plan(context, options);
    });

  add('drift', 'show in what the machine is no longer as it was last applied')
    .addOption(fileOption())
    .addOption(machineOption())
    .option('--deep', 'look into the guest too: packages, scripts, agents, files, identity')
    .option('--json', 'print one JSON document')
    .option('--exit-code', 'exit with 2 when something drifted, with 8 when it could not be looked at')
    .action(async (options) => {
      exitCode = await (await import('./commands/drift.ts')).drift(context, options);
    });

  add('import', 'turn packages that were installed by hand in the machine into lines of the manifest')
    .addOption(fileOption())
    .addOption(machineOption())
    .option('--json', 'print one JSON document')
    .option('--write', 'write the manifest without asking')
    .action(async (options) => {
      exitCode = await (await import('./commands/import.ts')).importInstalled(context, options);
    });

  add('diff', 'hold the manifest against what was last applied; no machine is looked at')
    .addOption(fileOption())
    .addOption(machineOption())
    .option('--json', 'print one JSON document')
    .option('--exit-code', 'exit with 2 when they differ')
    .action(async (options) => {
      exitCode = await (await import('./commands/diff.ts')).diff(context, options);
    });

  add('apply', 'bring the machine to what the manifest declares, by the least disruptive way')
    .argument('[plan]', 'a plan saved by agentvm plan --out, to run exactly its steps')
    .addOption(fileOption())
    .addOption(machineOption())
    .addOption(allowOption())
    .option('-y, --yes', 'do not ask for anything up to a restart; grants nothing of this host')
    .addOption(grantOption())
    .addOption(
      new Option(
        '--on-failure <what>',
        'when a script or package fails: put the disk back, or keep it as it is',
      ).choices(['rollback', 'keep']),
    )
    .addOption(parallelOption())
    .addOption(pruneOption())
    .option('--json', 'print events as lines of JSON')
    .action(async (plan: string | undefined, options) => {
      const { apply } = await import('./commands/apply.ts');
      exitCode = await apply(context, { ...options, ...(plan === undefined ? {} : { plan }) });
    });

  add(
    'watch',
    'keep the machine as the manifest says: apply its edits, look for drift; Ctrl+C leaves all as it is',
  )
    .addOption(fileOption())
    .addOption(machineOption())
    .addOption(allowOption())
    .option('--once', 'converge once and exit by the result')
    .option('--json', 'print events as lines of JSON')
    .action(async (options) => {
      exitCode = await (await import('./commands/watch.ts')).watchMachines(context, foreground, options);
    });

  add('suspend-reconcile', 'keep watch from acting on the machine')
    .addOption(fileOption())
    .addOption(machineOption())
    .option('--for <duration>', 'until then, for example 30m or 2h; without it until resume-reconcile')
    .option('--reason <text>', 'shown by status and watch')
    .action(async (options) => {
      exitCode = await (await import('./commands/reconcile.ts')).suspendReconcile(context, options);
    });

  add('resume-reconcile', 'let watch act on the machine again')
    .addOption(fileOption())
    .addOption(machineOption())
    .action(async (options) => {
      exitCode = await (await import('./commands/reconcile.ts')).resumeReconcile(context, options);
    });

  add('retry', 'ask the watch that runs to try again now what failed or stalled')
    .addOption(fileOption())
    .addOption(machineOption())
    .action(async (options) => {
      exitCode = await (await import('./commands/reconcile.ts')).retry(context, options);
    });

  add('upgrade', 'move what was resolved at the last apply to what it would be resolved to today')
    .argument('[names...]', 'only these: an agent, image, or a field such as resources.memory')
    .addOption(fileOption())
    .addOption(machineOption())
    .addOption(allowOption())
    .addOption(grantOption())
    .option('-y, --yes', 'do not ask for anything up to a restart')
    .option('--dry-run', 'only show each pin: now, newest, and what moving it costs')
    .option('--json', 'print events as lines of JSON; with --dry-run one JSON document')
    .action(async (names: string[], options) => {
      exitCode = await (await import('./commands/upgrade.ts')).upgrade(context, { ...options, names });
    });

  // Declared for the help; their words are the guest's and never come here (see program.ts).
  add('run', "start the manifest's agent, or the program after --, in the project's folder")
    .addOption(fileOption())
    .addOption(machineOption())
    .argument('[words...]');
  add('exec', "run a program in the running machine, in the project's folder")
    .addOption(fileOption())
    .addOption(machineOption())
    .argument('<command...>');

  add('shell', "open the user's shell in the machine")
    .addOption(fileOption())
    .addOption(machineOption())
    .action(async (options) => {
      exitCode = await (await import('./commands/exec.ts')).shell(context, foreground, options);
    });

  add('status', 'show the machine of this project')
    .addOption(fileOption())
    .addOption(machineOption())
    .option('--json', 'print one JSON document')
    .action(async (options) => {
      exitCode = await (await import('./commands/status.ts')).status(context, options);
    });

  add('list', 'show every machine of this user')
    .alias('ls')
    .option('--json', 'print one JSON document')
    .action(async (options) => {
      exitCode = await (await import('./commands/list.ts')).list(context, options);
    });

  add('logs', "show the keeper's log, or the serial console's")
    .option('--file <path>', 'manifest, or a folder of manifests')
    .addOption(machineOption())
    .option('--console', 'the serial console of the machine')
    .option('-f, --follow', 'go on as it grows')
    .action(async (options) => {
      exitCode = await (await import('./commands/logs.ts')).logs(context, options);
    });

  for (const [name, description] of [
    ['start', 'start the machine as it was last applied'],
    ['stop', 'power the machine off; its disk stays'],
    ['restart', 'stop and start the machine'],
  ] as const) {
    add(name, description)
      .addOption(fileOption())
      .addOption(machineOption())
      .action(async (options) => {
        exitCode = await (await import('./commands/power.ts')).power(context, name, options);
      });
  }

  add('snapshot', "keep the machine's disk as it is: list, take NAME or delete NAME")
    .argument('[action]', 'list, take or delete', 'list')
    .argument('[name]', "the snapshot's")
    .addOption(fileOption())
    .addOption(machineOption())
    .option('--json', 'print the list as one JSON document')
    .action(async (action: string, name: string | undefined, options) => {
      exitCode = await (await import('./commands/snapshot.ts')).snapshot(context, action, name, options);
    });

  add('rollback', "put the machine's disk back to a snapshot; a running machine restarts")
    .argument('<name>', "the snapshot's")
    .addOption(fileOption())
    .addOption(machineOption())
    .addOption(allowOption())
    .option('-y, --yes', 'do not ask')
    .action(async (name: string, options) => {
      exitCode = await (await import('./commands/rollback.ts')).rollback(context, { ...options, name });
    });

  add('rm', 'delete the machine and all that is in it')
    .argument('[name]', "name or id, instead of this project's: also where the project is gone")
    .addOption(fileOption())
    .addOption(machineOption())
    .option('-y, --yes', 'do not ask')
    .option('--trash', 'set it aside instead; agentvm restore brings it back within 7 days')
    .action(async (named: string | undefined, options) => {
      exitCode = await (await import('./commands/rm.ts')).remove(context, { ...options, named });
    });

  add('trash', 'show the machines that were set aside, and for how long they can be restored')
    .option('--json', 'print one JSON document')
    .action(async (options) => {
      exitCode = await (await import('./commands/trash.ts')).trash(context, options);
    });

  add('restore', 'bring a machine back from the trash')
    .argument('<name>', 'its name, or its id where several have that name')
    .action(async (name: string) => {
      exitCode = await (await import('./commands/restore.ts')).restore(context, { name });
    });

  add('trust', 'show what of this host was granted to which machine, or take it back')
    .option('--list', 'show it, of every machine unless told (what trust does by itself)')
    .addOption(revokeOption())
    .addOption(fileOption())
    .addOption(machineOption())
    .option('--json', 'print one JSON document')
    .action(async (options) => {
      exitCode = await (await import('./commands/trust.ts')).trust(context, options);
    });

  add('mv', 'give the machine another name, in state and in the manifest')
    .argument('<name>', 'the new name')
    .addOption(fileOption())
    .addOption(machineOption())
    .action(async (name: string, options) => {
      exitCode = await (await import('./commands/mv.ts')).rename(context, { ...options, name });
    });

  addNetworkCommands(
    context,
    add,
    (command) => command.option('--file <path>', fileOption().description).addOption(machineOption()),
    (code) => {
      exitCode = code;
    },
  );

  add('cp', 'copy files between host and machine; a path in the machine is written :PATH')
    .argument('<source>')
    .argument('<destination>')
    .option('-r, --recursive', 'copy folders')
    .addOption(fileOption())
    .addOption(machineOption())
    .action(async (source: string, destination: string, options) => {
      exitCode = await (await import('./commands/cp.ts')).copy(context, { ...options, source, destination });
    });

  add('ssh-config', 'print what ~/.ssh/config needs for ssh, scp, rsync and editors to reach the machine')
    .addOption(fileOption())
    .addOption(machineOption())
    .action(async (options) => {
      exitCode = await (await import('./commands/ssh-config.ts')).sshConfig(context, options);
    });

  add('doctor', 'look whether this host has what machines need, and how to mend what is missing')
    .option('--json', 'print one JSON document')
    .action(async (options) => {
      exitCode = await (await import('./commands/doctor.ts')).doctor(context, options);
    });

  const [first, ...rest] = argv;
  const known = program.commands.flatMap((command) => [command.name(), ...command.aliases()]);
  if (first !== undefined && /^[a-z][a-z0-9-]*$/.test(first) && first !== 'help' && !known.includes(first)) {
    const { runAgent } = await import('./commands/run.ts');
    const outcome = await runAgent(context, foreground, { agent: first, words: rest });
    if (outcome !== undefined) return outcome;
  }

  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
  }
  return exitCode;
};
