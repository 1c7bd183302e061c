import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type InstalledCli, installCli } from '../support/installed-cli.ts';
import { schemaErrors } from '../support/schema-check.ts';

const manifest = (more = ''): string => `apiVersion: agentvm/v1
name: shop
resources: {cpus: 2, memory: 1GiB, disk: 8GiB}
${more}`;

const EVENT_LIMIT_MS = 8 * 60_000;

describe('watch on a real machine', () => {
  let cli: InstalledCli;
  let watching: ChildProcess;
  let output = '';

  const prints = async (text: RegExp, from = 0): Promise<number> => {
    const isThere = await eventually(async () => text.test(output.slice(from)), EVENT_LIMIT_MS);
    expect([isThere, isThere ? '' : output.slice(from)]).toEqual([true, '']);
    return output.length;
  };
  const machineFile = (name: string): string => {
    const machines = join(cli.stateDir, 'machines');
    return join(machines, readdirSync(machines)[0] ?? '', name);
  };
  const killQemu = (): void => {
    const { qemu } = JSON.parse(readFileSync(machineFile('run.json'), 'utf8'));
    process.kill(qemu.pid, 'SIGKILL');
  };

  beforeAll(async () => {
    cli = await installCli();
    await cli.write('agentvm.yaml', manifest());
    watching = spawn(process.execPath, [cli.entry, 'watch', '--json'], { cwd: cli.project, env: cli.env });
    for (const stream of [watching.stdout, watching.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
  });
  afterAll(async () => {
    if (cli === undefined) return;
    const isOver = new Promise((done) => watching.on('close', done));
    if (watching.exitCode === null && watching.kill('SIGINT')) await isOver;
    await cli.run(['rm', '--yes']);
    await cli.remove();
  });

  it('makes the machine, and applies an edit while the guest goes on', async () => {
    const made = await prints(/"event":"converged".*"steps":[1-9]/);
    const boot = (await cli.run(['exec', 'cat', '/proc/sys/kernel/random/boot_id'])).stdout;
    writeFileSync(join(cli.project, 'agentvm.yaml'), manifest('ports: ["18081:8080"]\n'));
    await prints(/"event":"converged".*"steps":[1-9]/, made);
    expect((await cli.run(['exec', 'cat', '/proc/sys/kernel/random/boot_id'])).stdout).toBe(boot);
  });

  it('the guest cannot edit the manifest, by whatever way an editor saves', async () => {
    const before = readFileSync(join(cli.project, 'agentvm.yaml'), 'utf8');
    for (const attack of [
      'echo "ports: [22]" >> agentvm.yaml',
      'echo x > new.yaml; mv -f new.yaml agentvm.yaml',
      'mv agentvm.yaml agentvm.yaml~; echo x > agentvm.yaml',
      'rm -f agentvm.yaml',
      'ln -sf /etc/passwd agentvm.yaml',
      'sed -i s/shop/other/ agentvm.yaml',
    ]) {
      const { exitCode } = await cli.run(['exec', 'sudo', '-n', 'sh', '-c', attack]);
      expect([attack, exitCode === 0]).toEqual([attack, false]);
    }
    expect(readFileSync(join(cli.project, 'agentvm.yaml'), 'utf8')).toBe(before);
    expect(output).not.toMatch(/"event":"invalid"/);
  });

  it('a killed QEMU is reported and left where the policy is report, and healed where it is heal', async () => {
    let from = output.length;
    killQemu();
    from = await prints(/"event":"drift".*"field":"power"/, from);
    expect(JSON.parse((await cli.run(['status', '--json'])).stdout).machine.power).toBe('crashed');
    writeFileSync(join(cli.project, 'agentvm.yaml'), manifest('drift: {policy: heal}\n'));
    from = await prints(/"event":"converged".*"steps":[1-9]/, from);
    expect((await cli.run(['exec', 'true'])).exitCode).toBe(0);
    killQemu();
    from = await prints(/"event":"drift".*"field":"power".*"policy":"heal"/, from);
    await prints(/"event":"converged".*"steps":[1-9]/, from);
    expect((await cli.run(['exec', 'true'])).exitCode).toBe(0);
  });

  it('ends on Ctrl+C and leaves the machine running; every event kept to its schema', async () => {
    const isOver = new Promise<number | null>((done) => watching.on('close', done));
    watching.kill('SIGINT');
    expect(await isOver).toBe(130);
    const events = output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
    expect(events.flatMap(schemaErrors)).toEqual([]);
    const { machine } = JSON.parse((await cli.run(['status', '--json'])).stdout);
    expect([machine.power, machine.watch]).toEqual(['running', null]);
  });
});
