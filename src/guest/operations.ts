import type { Context } from '../lib/context.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { Guest, GuestOperations, SshTarget } from '../model/guest.ts';
import { seededGuest } from '../model/guest-files.ts';
import type { Arch } from '../model/machine.ts';
import { type Agent, findAgent, loadAgent } from './agents/definition.ts';
import { connectGuest } from './connection.ts';
import { waitUntilReady } from './readiness.ts';

export type GuestSource = {
  readonly name: string;
  /** Real path of the project's folder on the host, where agents of its own may be defined. */
  readonly projectDir: string;
  readonly arch: Arch;
  /** How to reach the guest; undefined while it has no address. */
  readonly connect: () => Promise<SshTarget | undefined>;
  readonly consoleLog?: string | undefined;
};

/** Its root by the same key: not over the user's connection, and not by sudo, which may be what is broken. */
const rootOf = (target: SshTarget): SshTarget =>
  target.user === 'root' ? target : { ...target, user: 'root', controlPath: 'none' };

/** Everything that the engine asks of a guest, over SSH. */
export const guestOperations = (context: Context, source: GuestSource): GuestOperations => {
  const address = async (): Promise<SshTarget> => {
    const target = await source.connect();
    if (target !== undefined) return target;
    throw new AgentvmError({
      code: 'GUEST_UNREACHABLE',
      message: `The machine '${source.name}' has no address`,
      exitCode: ExitCode.applyFailed,
      hint: 'See how it is with `agentvm status`.',
    });
  };
  const connected = async (): Promise<Guest> => connectGuest(context, await address());
  const agentOf = (name: string): Promise<Agent> =>
    loadAgent({ paths: context.paths, projectDir: source.projectDir }, name);

  return {
    waitUntilReady: () => waitUntilReady(context, source),
    observe: async ({ agents, ...request }) => {
      const { observeGuest } = await import('./provision/observe.ts');
      const search = { paths: context.paths, projectDir: source.projectDir };
      // An agent whose definition is gone cannot be asked for its version; what was not looked at is left out.
      const found = await Promise.all(agents.map((name) => findAgent(search, name)));
      const definitions = found.flatMap((agent) => (agent === undefined ? [] : [agent.definition]));
      return observeGuest(await connected(), { ...request, agents: definitions });
    },
    findInstalled: async () => {
      const { findInstalled } = await import('./provision/installed.ts');
      return findInstalled(await connected());
    },
    changePackages: async (change) => {
      const { changePackages } = await import('./provision/packages.ts');
      await changePackages(await connected(), change);
    },
    runScript: async (script) => {
      const { runScript } = await import('./provision/script.ts');
      await runScript(await connected(), script);
    },
    writeEnvironment: async (environment) => {
      const { writeEnvironment } = await import('./provision/environment.ts');
      return writeEnvironment(await connected(), environment);
    },
    mend: async (work) => {
      const { mendGuest } = await import('./provision/mend.ts');
      const places = Object.keys(seededGuest(work.seed).files);
      await mendGuest(connectGuest(context, rootOf(await address())), { ...work, places });
    },
    mountShare: async (share) => {
      const { mountShare } = await import('./provision/shares.ts');
      await mountShare(await connected(), share);
    },
    unmountShare: async (share) => {
      const { unmountShare } = await import('./provision/shares.ts');
      await unmountShare(await connected(), share);
    },
    installAgent: async ({ name, version, stamp }) => {
      const [{ resolveAgentVersion }, { fetchAgent }, { installAgent }] = await Promise.all([
        import('./agents/resolve-version.ts'),
        import('./agents/fetch.ts'),
        import('./agents/install.ts'),
      ]);
      const agent = await agentOf(name);
      const packageSource = { agent, projectDir: source.projectDir, arch: source.arch };
      const exact = await resolveAgentVersion(context, packageSource, version);
      await fetchAgent(context, packageSource, exact);
      return {
        version: exact,
        stamp: await installAgent(await connected(), agent.definition, exact, { stamp }),
      };
    },
    quiesce: async (work) => {
      const { quiesce } = await import('./provision/quiesce.ts');
      const guest = await connected().catch((error: unknown) => {
        if (error instanceof AgentvmError) return undefined;
        throw error;
      });
      return guest === undefined ? work() : quiesce(context, guest, work);
    },
    sessions: async () => {
      const { findSessions } = await import('./provision/sessions.ts');
      return findSessions(await connected());
    },
    removeAgent: async (name) => {
      const { removeAgent } = await import('./agents/install.ts');
      await removeAgent(await connected(), name);
    },
  };
};
