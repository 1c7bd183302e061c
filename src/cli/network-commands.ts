import type { Command } from 'commander';
import type { Context } from '../lib/context.ts';

type Options = Readonly<Record<string, never>>;

/**
 * The command groups `network` and `secret`.
 * @param add makes a command of the program.
 * @param selectable gives a command the options that say which machine it means.
 * @param done takes the exit code.
 */
export const addNetworkCommands = (
  context: Context,
  add: (declaration: string, description: string) => Command,
  selectable: (command: Command) => Command,
  done: (exitCode: number) => void,
): void => {
  const network = add('network', 'what the machine may reach, and what it was refused');
  const under = (parent: Command, declaration: string, description: string): Command =>
    selectable(parent.command(declaration).description(description));

  under(network, 'log', 'show the connections that were refused, newest last')
    .option('--all', 'those that passed too')
    .option('-f, --follow', 'go on as they come')
    .option('--json', 'print one line of JSON for each')
    .action(async (options: Options) => {
      done(await (await import('./commands/network-log.ts')).networkLog(context, options));
    });

  under(network, 'check', 'tell whether the machine may reach a host, by which rule, and whether it answers')
    .argument('<host>', 'a name or an address, with :PORT where it is not 443')
    .option('--json', 'print one JSON document')
    .action(async (host: string, options: Options) => {
      done(await (await import('./commands/network-check.ts')).networkCheck(context, { ...options, host }));
    });

  under(network, 'allow', 'let the machine reach a host: for a while, or by a line of the manifest')
    .argument('<host>', 'a name, *.NAME, an address or a block, with :PORT where it needs one')
    .option(
      '--for <duration>',
      'at once and until then, for example 30m or 2h; without it the manifest is edited',
    )
    .option('--write', 'write the shown edit into the manifest without asking')
    .action(async (host: string, options: Options) => {
      done(await (await import('./commands/network-allow.ts')).networkAllow(context, { ...options, host }));
    });

  const secret = add('secret', 'the values that requests of the machine carry and that never enter it');

  under(secret, 'list', 'show where each comes from, which hosts get it, when it was last used')
    .option('--json', 'print one JSON document')
    .action(async (options: Options) => {
      done(await (await import('./commands/secret.ts')).listSecrets(context, options));
    });

  under(secret, 'test', 'look whether a value can be had and whether its hosts can; never shows it')
    .argument('<name>', "the secret's")
    .action(async (name: string, options: Options) => {
      done(await (await import('./commands/secret.ts')).testSecret(context, { ...options, name }));
    });
};
