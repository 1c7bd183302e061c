import { access, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import type { Context } from '../lib/context.ts';
import { type Detached, execDetached } from '../lib/exec-detached.ts';
import { AgentvmError } from '../model/errors.ts';
import type { NetworkWall } from '../model/network.ts';
import { confined } from './confined.ts';
import { readTail } from './log-tail.ts';
import type { MachineFiles } from './protocol-files.ts';
import { PROXY_VARIABLES } from './proxy-variables.ts';

/**
 * Every address is the namespace's own, so that a listener at any address takes what the guest sends to any host; with
 * no way out and no other interface. QEMU's user network reads the resolver from resolv.conf at each question.
 */
const MAKE_NETWORK = `
PATH=$PATH:/usr/sbin:/sbin
ip link set lo up
ip route add local default dev lo
mount -n --bind -- "$1" "$(readlink -f /etc/resolv.conf)" || echo "this system has no /etc/resolv.conf to cover"
`;
const RESOLVER = 'nameserver 127.0.0.1\n';

/**
 * The holder: says that it is there, waits for the word (without it, its maker has died), starts QEMU and stays until
 * QEMU has ended, to record its exit status. It is the way back into the namespaces.
 */
const HOLDER = `
ready=$1 pid=$2 exit=$3 network=$4 resolver=$5
shift 5
if [ "$network" != "" ]; then sh -ec "$network" agentvm "$resolver" || exit 1; fi
: >"$ready"
read -r word || exit 1
"$@" </dev/null &
echo "$!" >"$pid.new"
mv -f "$pid.new" "$pid"
wait "$!"
echo "$?" >"$exit.new"
mv -f "$exit.new" "$exit"
`;

const READY_TIMEOUT_MS = 20_000;
const POLL_MS = 5;

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Where there is no cage, Linux can still keep QEMU from any privilege; only root has some to lose. */
const withoutNewPrivileges = (command: readonly string[]): readonly string[] => {
  if (process.platform !== 'linux') return command;
  const asRoot = process.getuid?.() === 0 ? ['--bounding-set=-all', '--inh-caps=-all'] : [];
  return ['setpriv', '--no-new-privs', ...asRoot, ...command];
};

/** What belongs to the keeper alone. */
const withoutProxies = (env: Context['env']): Context['env'] =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !PROXY_VARIABLES.includes(name)));

/**
 * Starts the holder, in namespaces of its own where `cage` says so, and waits until it is ready for the word.
 * @throws AgentvmError HOLDER_FAILED with what it printed.
 */
export const startHolder = async (
  context: Context,
  files: MachineFiles,
  launch: { readonly cage: boolean; readonly wall?: NetworkWall; readonly command: readonly string[] },
): Promise<Detached> => {
  await Promise.all(
    [files.holderReady, files.qemuPid, files.qemuExit, files.qemuLog].map((path) =>
      rm(path, { force: true }),
    ),
  );
  const command = launch.cage ? confined(launch.command) : withoutNewPrivileges(launch.command);
  const hasNetwork = launch.wall === 'namespaces';
  if (hasNetwork) await writeFileAtomic(files.resolver, RESOLVER);
  const script = [
    ...['sh', '-c', HOLDER, 'agentvm-holder', files.holderReady, files.qemuPid, files.qemuExit],
    ...[hasNetwork ? MAKE_NETWORK : '', files.resolver],
  ];
  // Mounts that the host makes or takes away later are followed, so that nothing stays busy because of us.
  const namespaces = launch.cage
    ? [
        ...['unshare', '--user', '--map-root-user', '--mount', '--propagation', 'slave'],
        ...(hasNetwork ? ['--net'] : []),
      ]
    : [];
  const [program = 'sh', ...args] = [...namespaces, ...script, ...command];
  const holder = await execDetached(program, args, {
    logFile: files.qemuLog,
    cwd: files.dir,
    env: withoutProxies(context.env),
  });
  let ended: string | undefined;
  holder.ended.then((how) => {
    ended = how;
  });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await exists(files.holderReady))) {
    if (ended !== undefined || Date.now() > deadline) {
      throw new AgentvmError({
        code: 'HOLDER_FAILED',
        message: 'The namespaces of the machine could not be made',
        details: await readTail(files.qemuLog),
        hint: 'Run `agentvm doctor`: it shows what this host allows.',
      });
    }
    await sleep(POLL_MS, undefined, { signal: context.signal });
  }
  return holder;
};
