// What an idle `agentvm watch` costs: node test/bench/watch-idle.mjs [SECONDS] [PROJECT]
// Build first (npm run build). Without a project it watches a machine of the simulator, with home and state of its own
// and in a network namespace of its own, in which every byte sent would be counted.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [seconds = '150', given] = process.argv.slice(2);
// User, nice and all are counted in ticks of USER_HZ, which Linux keeps at 100 for every program (proc(5)).
const TICKS_PER_SECOND = 100;
const WARM_UP_MS = 5000;

const root = mkdtempSync(join(tmpdir(), 'agentvm-idle-'));
const project = given === undefined ? join(root, 'shop') : resolve(given);
if (given === undefined) {
  mkdirSync(project);
  writeFileSync(
    join(project, 'agentvm.yaml'),
    'apiVersion: agentvm/v1\nname: shop\ndriver: fake\nbase: {packages: [git]}\nports: [3000]\n',
  );
}
const watch = [process.execPath, resolve('dist/cli/main.js'), 'watch', '--json'];
const [program, ...args] =
  given === undefined ? ['unshare', '--user', '--map-root-user', '--net', ...watch] : watch;
const env = given === undefined ? { PATH: process.env.PATH, HOME: join(root, 'home') } : process.env;
const child = spawn(program, args, { cwd: project, env });
let output = '';
child.stdout.on('data', (text) => {
  output += text;
});
child.stderr.pipe(process.stderr);

const cpuTicks = () => {
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // utime and stime of the process, cutime and cstime of programs that it ran: fields 14 to 17 of proc(5).
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0);
};
/** Bytes received and sent by every interface that the process sees. */
const networkBytes = () =>
  readFileSync(`/proc/${child.pid}/net/dev`, 'utf8')
    .split('\n')
    .slice(2)
    .filter((line) => line.trim() !== '')
    .reduce((sum, line) => {
      const numbers = line
        .slice(line.indexOf(':') + 1)
        .trim()
        .split(/\s+/)
        .map(Number);
      return sum + numbers[0] + numbers[8];
    }, 0);

try {
  while (!output.includes('"event":"converged"')) await sleep(100);
  await sleep(WARM_UP_MS);
  const before = { ticks: cpuTicks(), bytes: networkBytes(), lines: output.split('\n').length };
  const startMs = performance.now();
  await sleep(Number(seconds) * 1000);
  const elapsed = (performance.now() - startMs) / 1000;
  const cpu = (cpuTicks() - before.ticks) / TICKS_PER_SECOND;
  console.log(
    `idle for ${elapsed.toFixed(0)} s: ${cpu.toFixed(2)} s of CPU, ${((cpu / elapsed) * 100).toFixed(3)} % of a core`,
  );
  if (given === undefined) console.log(`network: ${networkBytes() - before.bytes} bytes`);
  console.log(`events meanwhile: ${output.split('\n').length - before.lines}`);
  console.log(
    `memory: ${/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]} KiB RSS`,
  );
} finally {
  child.kill('SIGINT');
  await new Promise((done) => child.on('close', done));
  rmSync(root, { recursive: true, force: true });
}
