import type { Context } from '../lib/context.ts';
import { isProcessAlive, type ProcessIdentity } from '../lib/process-identity.ts';
import { AgentvmError } from '../model/errors.ts';
import type { NetworkStatus } from '../model/network.ts';
import type { Share } from '../model/share.ts';
import { createHostResolver } from './network/host-resolver.ts';
import { type MachineNetwork, openMachineNetwork } from './network/machine-network.ts';
import { enterNetworkAs } from './network/namespaces.ts';
import { openProxiedNetwork } from './network/proxied-network.ts';
import { type KeeperStatus, MESSAGE_LIMIT_BYTES } from './protocol.ts';
import type { Launch, MachineFiles } from './protocol-files.ts';
import { createSecretValues } from './secrets/source.ts';

/** What of this keeper's own process its machine's network needs. */
export type KeeperParts = {
  /** The file that `node` runs as the inner half. */
  readonly innerProgram: string;
  /** A variable of a command's environment that it has handed over. */
  readonly variable: (name: string) => string | undefined;
};

export type KeepNetworkOptions = KeeperParts & {
  readonly files: MachineFiles;
  readonly launch: Launch;
  readonly holder: ProcessIdentity;
  /** QEMU's port that leads to the guest's SSH server. */
  readonly guestSshPort: number;
  readonly shares: () => readonly Share[];
  readonly log: (text: string) => void;
};

const NOTHING = { passed: 0, refused: 0, refusedHosts: 0, refusedByKernel: 0 };

/** Of a machine whose traffic nothing holds. */
const OPEN_STATUS: NetworkStatus = { wall: 'none', counts: NOTHING };

/** Rules may be longer than a message; the rest of a status is not. */
const RULES_LIMIT_BYTES = MESSAGE_LIMIT_BYTES / 2;

/** What a status says of the network of a running machine; `network` is undefined where nothing holds its traffic. */
export const networkPart = (
  network: MachineNetwork | undefined,
  launch: Launch,
  variable: KeeperParts['variable'],
): Pick<KeeperStatus, 'network' | 'rules'> => {
  const unset = (launch.network?.secrets ?? []).filter(
    ({ source }) => source.from === 'env' && !variable(source.variable),
  );
  const rules = network?.rules();
  const isShort = rules !== undefined && Buffer.byteLength(JSON.stringify(rules)) <= RULES_LIMIT_BYTES;
  return {
    network: {
      ...(network?.status() ?? OPEN_STATUS),
      ...(unset.length === 0 ? {} : { unsetSecrets: unset.map(({ name }) => name) }),
    },
    ...(isShort ? { rules } : {}),
  };
};

const lostError = (why: string): AgentvmError =>
  new AgentvmError({
    code: 'NETWORK_LOST',
    message: `The network of this machine cannot be entered again: ${why}`,
    hint: 'Nothing of the guest’s passes until `agentvm restart`.',
  });

/** Where the way in is lost: nothing passes, and the master connection that there is goes on. */
const lostNetwork = (options: KeepNetworkOptions, why: string): MachineNetwork => ({
  enter: (command) => enterNetworkAs(options.holder.pid, command),
  dialGuest: () => Promise.reject(lostError(why)),
  set: () => Promise.reject(lostError(why)),
  connections: () => 0,
  look: () => Promise.resolve(),
  status: () => ({ wall: 'namespaces', counts: NOTHING }),
  rules: () => undefined,
  close: () => {},
});

/** The network of a machine that was just started; undefined where nothing holds its traffic. */
export const keepNetwork = async (
  context: Context,
  options: KeepNetworkOptions,
): Promise<MachineNetwork | undefined> => {
  const { launch, holder, variable, shares } = options;
  if ((launch.wall ?? 'none') === 'none' || launch.network === undefined) return undefined;
  const shared = (): readonly string[] =>
    shares().flatMap(({ hostPath, target }) => (target === null ? [hostPath] : [hostPath, target]));
  const common = {
    files: options.files,
    guestSshPort: options.guestSshPort,
    spec: launch.network,
    resolve: createHostResolver({ now: context.clock.now }),
    valueOf: createSecretValues({ context, variable, shared }).valueOf,
    log: options.log,
  };
  if (launch.wall === 'proxy') return openProxiedNetwork(context, common);
  return openMachineNetwork(context, {
    ...common,
    holderPid: holder.pid,
    innerProgram: options.innerProgram,
  });
};

/** The same for a machine that another keeper left; `note` is told when nothing can pass any more. */
export const keepNetworkAgain = async (
  context: Context,
  options: KeepNetworkOptions & { readonly note: (text: string) => void },
): Promise<MachineNetwork | undefined> => {
  if (options.launch.wall !== 'namespaces') return keepNetwork(context, options);
  const lost = (why: string): MachineNetwork => {
    options.note(lostError(why).message);
    return lostNetwork(options, why);
  };
  if (!(await isProcessAlive(options.holder))) return lost('the holder of its namespaces was ended');
  return keepNetwork(context, options).catch((error: unknown) => lost(String(error)));
};
