import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SshTarget } from '../../src/model/guest.ts';
import { sshArguments } from '../../src/model/ssh-options.ts';

const START_TIMEOUT_MS = 10_000;

/** The runner of sessions as it ships, for guests that are only a server on this host. */
export const RUNNER_FILE = resolve('manifests/base/rootfs/usr/local/lib/agentvm/session');

export type TestSshd = {
  readonly target: SshTarget;
  readonly dir: string;
  /** Starts a master connection, as a driver does. */
  readonly startMaster: () => void;
  /** Ends the master connection at once, as the end of a machine does. */
  readonly killMaster: () => void;
  /** Ends the server; sessions that run over a connection stay. */
  readonly killServer: () => void;
  readonly stop: () => Promise<void>;
};

const freePort = (): Promise<number> =>
  new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolvePort(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** A real OpenSSH server on loopback in place of a guest: same protocol, no machine. */
export const startSshd = async (): Promise<TestSshd> => {
  const dir = mkdtempSync(join(tmpdir(), 'agentvm-sshd-'));
  const key = (name: string): string => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', join(dir, name)]);
    return readFileSync(join(dir, `${name}.pub`), 'utf8');
  };
  const hostKey = key('host key');
  writeFileSync(join(dir, 'authorized_keys'), key('user key'), { mode: 0o600 });
  writeFileSync(join(dir, 'known hosts'), `machine-1 ${hostKey}`);
  const port = await freePort();
  writeFileSync(
    join(dir, 'sshd_config'),
    [
      `ListenAddress 127.0.0.1:${port}`,
      `HostKey "${dir}/host key"`,
      `AuthorizedKeysFile ${dir}/authorized_keys`,
      `PidFile ${dir}/sshd.pid`,
      'StrictModes no',
      'UsePAM no',
      'UseDNS no',
      'PermitRootLogin prohibit-password',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'MaxSessions 100',
      '',
    ].join('\n'),
  );
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
  const server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(dir, 'sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  server.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!log.includes('Server listening')) {
    if (Date.now() > deadline || server.exitCode !== null) throw new Error(`sshd did not start: ${log}`);
    await delay(20);
  }
  const target: SshTarget = {
    host: '127.0.0.1',
    port,
    user: userInfo().username,
    identityFile: join(dir, 'user key'),
    knownHostsFile: join(dir, 'known hosts'),
    hostKeyAlias: 'machine-1',
    controlPath: join(dir, 'c'),
  };
  let master: ReturnType<typeof spawn> | undefined;
  return {
    target,
    dir,
    startMaster: () => {
      master = spawn('ssh', [...sshArguments(target), '-o', 'ControlMaster=yes', '-N', target.host], {
        stdio: 'ignore',
      });
      const until = Date.now() + START_TIMEOUT_MS;
      while (!existsSync(target.controlPath)) {
        if (Date.now() > until) throw new Error(`no master connection: ${log}`);
        execFileSync('sleep', ['0.05']);
      }
    },
    killMaster: () => void master?.kill('SIGKILL'),
    killServer: () => void server.kill('SIGKILL'),
    stop: async () => {
      master?.kill();
      const ended = server.exitCode !== null || server.signalCode !== null;
      if (!ended) await new Promise((done) => server.once('exit', done) && server.kill());
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
