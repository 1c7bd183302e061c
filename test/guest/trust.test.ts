import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createIssuer, makeAuthority } from '../../src/lib/certificate-authority.ts';
import { exec } from '../../src/lib/exec.ts';
import { quotePosix } from '../../src/lib/quote.ts';
import { tempFolder } from '../support/temp-folder.ts';

const TRUST = join(process.cwd(), 'manifests/base/rootfs/usr/local/lib/agentvm/trust');
const PLACES = {
  certs: '/etc/ssl/certs',
  own: '/usr/local/share/ca-certificates',
  distribution: '/usr/share/ca-certificates',
  hooks: '/etc/ca-certificates/update.d',
} as const;

/** Runs a script where the places of certificates are folders of a test. */
const inWorld = async (root: string, script: string): Promise<string> => {
  const binds = Object.entries(PLACES).map(
    ([name, place]) => `mount --bind ${quotePosix(join(root, name))} ${place}\n`,
  );
  const conf = `mount --bind ${quotePosix(join(root, 'ca-certificates.conf'))} /etc/ca-certificates.conf\n`;
  const { stdout } = await exec('unshare', [
    ...['--user', '--map-root-user', '--mount', 'sh', '-c'],
    `set -e\n${binds.join('')}${conf}cd ${quotePosix(root)}\nPATH=/usr/sbin:$PATH\n${script}`,
  ]);
  return stdout;
};

const isPossible =
  Object.values(PLACES).every((place) => existsSync(place)) &&
  (await exec('unshare', ['--user', '--map-root-user', '--mount', 'update-ca-certificates', '--help'], {
    accept: 'any',
    env: { ...process.env, PATH: `/usr/sbin:${process.env.PATH}` },
  }).then(
    ({ exitCode }) => exitCode === 0,
    () => false,
  ));

const makeCertificate = async (name: string): Promise<string> =>
  (await makeAuthority(name, new Date())).certificate;

/** A guest's certificates, with three of a distribution; `wanted` is what trust is given. */
const certificateWorld = async () => {
  const root = await tempFolder();
  for (const name of [...Object.keys(PLACES), 'distribution/mozilla', 'wanted']) {
    mkdirSync(join(root, name), { recursive: true });
  }
  const names = ['mozilla/A_Root.crt', 'mozilla/B_=Root=_é.crt', 'mozilla/C_Root.crt', 'mozilla/D_Root.crt'];
  for (const name of names) {
    // Without its last line's end, as some are.
    writeFileSync(join(root, 'distribution', name), (await makeCertificate(name)).trimEnd());
  }
  writeFileSync(
    join(root, 'ca-certificates.conf'),
    `# a comment\n\n${names.slice(0, 3).join('\n')}\n!${names[3]}\nmozilla/gone.crt\n`,
  );
  await inWorld(root, 'update-ca-certificates 2>/dev/null');
  const wanted = join(root, 'wanted');
  return {
    root,
    want: (files: Readonly<Record<string, string>>) => {
      for (const name of readdirSync(wanted)) rmSync(join(wanted, name));
      for (const [name, pem] of Object.entries(files)) writeFileSync(join(wanted, name), pem);
    },
    trust: () => inWorld(root, `${TRUST} wanted`),
    update: () => inWorld(root, 'update-ca-certificates'),
    /** Every name in the folder of certificates, links with where they lead to. */
    certs: () =>
      Object.fromEntries(
        readdirSync(join(root, 'certs'), { withFileTypes: true })
          .sort((a, b) => (a.name < b.name ? -1 : 1))
          .map((entry) => {
            const path = join(root, 'certs', entry.name);
            return [entry.name, entry.isSymbolicLink() ? readlinkSync(path) : readFileSync(path, 'utf8')];
          }),
      ),
  };
};

const NOTHING_TO_DO = '0 added, 0 removed; done.';

test.skipIf(!isPossible)('what comes in is there as update-ca-certificates would have it', async () => {
  const [quick, slow] = [await certificateWorld(), await certificateWorld()];
  const machine = await makeCertificate('of the machine');
  const host = await makeCertificate('of the host');
  const before = quick.certs();
  quick.want({ 'machine.crt': machine, '00aa.crt': host.trimEnd() });
  await quick.trust();
  const after = quick.certs();
  for (const [name, pem] of [
    ['machine', machine],
    ['00aa', host],
  ]) {
    writeFileSync(join(slow.root, 'own', `agentvm-${name}.crt`), pem ?? '');
  }
  await slow.update();
  const isOurs = ([, content]: readonly [string, string]): boolean => content.includes('agentvm-');
  expect(Object.entries(after).filter(isOurs)).toEqual(Object.entries(slow.certs()).filter(isOurs));
  expect(Object.entries(after).filter(isOurs)).toHaveLength(4);
  expect(after['ca-certificates.crt']).toBe(`${before['ca-certificates.crt']}${host}${machine}`);
  expect(Object.keys(after)).toHaveLength(Object.keys(before).length + 4);
  expect(readFileSync(join(quick.root, 'own', 'agentvm-00aa.crt'), 'utf8')).toBe(host);
  expect(await quick.update()).toContain(NOTHING_TO_DO);
  expect(quick.certs()).toEqual(after);
  await inWorld(quick.root, 'openssl verify -CApath /etc/ssl/certs wanted/machine.crt');

  await quick.trust();
  expect(quick.certs()).toEqual(after);
  quick.want({});
  await quick.trust();
  expect(quick.certs()).toEqual(before);
  expect(readdirSync(join(quick.root, 'own'))).toEqual([]);
});

test.skipIf(!isPossible)('of several with one subject each is found, and none when it is gone', async () => {
  const world = await certificateWorld();
  const before = world.certs();
  const now = (): Date => new Date();
  const authorities = await Promise.all(['a', 'b', 'c'].map(() => makeAuthority('of the machine', now())));
  const leaves = await Promise.all(
    authorities.map(async (authority) => (await createIssuer(authority, now))('a.example')),
  );
  const [a = '', b = '', c = ''] = authorities.map(({ certificate }) => certificate);
  /** Which of the authorities OpenSSL finds. */
  const trusted = async (): Promise<string> => {
    const script = leaves.map(({ certificate }, index) => {
      writeFileSync(join(world.root, `leaf-${index}`), certificate);
      return `! openssl verify -no-CAfile -no-CAstore -CApath /etc/ssl/certs leaf-${index} >&2 || printf ${'abc'[index]}\n`;
    });
    return inWorld(world.root, script.join(''));
  };
  world.want({ 'a.crt': a, 'b.crt': b, 'c.crt': c });
  await world.trust();
  expect(await trusted()).toBe('abc');
  world.want({ 'b.crt': b, 'c.crt': c });
  await world.trust();
  expect(await trusted()).toBe('bc');
  // Another in the place of one.
  world.want({ 'c.crt': a });
  await world.trust();
  expect(await trusted()).toBe('a');
  world.want({});
  await world.trust();
  expect(world.certs()).toEqual(before);
});

test.skipIf(!isPossible)('certificates of others stay, whatever they are called', async () => {
  const world = await certificateWorld();
  mkdirSync(join(world.root, 'own', 'of a company'));
  writeFileSync(join(world.root, 'own', 'of a company', 'gate (1) *.crt'), await makeCertificate('company'));
  await world.update();
  const before = world.certs();
  world.want({ 'machine.crt': await makeCertificate('of the machine') });
  await world.trust();
  world.want({});
  await world.trust();
  expect(world.certs()).toEqual(before);
});

test.skipIf(!isPossible)(
  'work that was cut off is taken up, and an odd guest gets the slow way',
  async () => {
    const world = await certificateWorld();
    const machine = await makeCertificate('of the machine');
    world.want({ 'machine.crt': machine });
    await world.trust();
    const right = world.certs();
    rmSync(join(world.root, 'certs', 'agentvm-machine.pem'));
    await world.trust();
    expect(world.certs()).toEqual(right);
    rmSync(join(world.root, 'certs', 'ca-certificates.crt'));
    rmSync(join(world.root, 'certs', 'agentvm-machine.pem'));
    await world.trust();
    expect(world.certs()).toEqual(right);
  },
);

test.skipIf(!isPossible)(
  'a boot does it where something changed, and looks at no program where nothing did',
  async () => {
    const world = await certificateWorld();
    const { root } = world;
    const seed = join(root, 'seed-program');
    const text = readFileSync(join(TRUST, '../seed'), 'utf8');
    writeFileSync(
      join(root, 'trust'),
      `#!/bin/sh\necho ran >>${quotePosix(root)}/runs\nexec ${TRUST} "$@"\n`,
      {
        mode: 0o755,
      },
    );
    // Its other files are the host's where this test runs.
    writeFileSync(seed, text.replaceAll(' /etc/', ` ${root}/etc/`).replaceAll(/^here=.*$/gm, `here=${root}`));
    for (const name of ['etc/apt/apt.conf.d', 'etc/default', 'seed/ca'])
      mkdirSync(join(root, name), { recursive: true });
    const boot = async () => {
      await inWorld(root, `sh ${quotePosix(seed)} ${quotePosix(join(root, 'seed'))}`);
      const file = (path: string): string | null =>
        existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null;
      return [file('runs')?.match(/ran/g)?.length ?? 0, file('etc/agentvm/ca.pem'), file('etc/environment')];
    };
    const before = world.certs();
    expect(await boot()).toEqual([0, null, '']);
    const machine = await makeCertificate('of the machine');
    writeFileSync(join(root, 'seed/ca/machine.crt'), machine);
    const environment = `NODE_EXTRA_CA_CERTS=${root}/etc/agentvm/ca.pem\n`.replace(root, '');
    expect(await boot()).toEqual([1, machine, environment]);
    expect(await boot()).toEqual([1, machine, environment]);
    expect(world.certs()['ca-certificates.crt']).toBe(`${before['ca-certificates.crt']}${machine}`);
    // Cut off before the end.
    rmSync(join(root, 'etc/agentvm/ca.pem'));
    expect(await boot()).toEqual([2, machine, environment]);
    rmSync(join(root, 'seed/ca/machine.crt'));
    expect(await boot()).toEqual([3, null, '']);
    expect(world.certs()).toEqual(before);
  },
);

test.skipIf(!isPossible)('the hooks of the distribution are told', async () => {
  const world = await certificateWorld();
  const told = join(world.root, 'told');
  writeFileSync(join(world.root, 'hooks', 'java'), `#!/bin/sh\ncat >>${quotePosix(told)}\necho noise\n`, {
    mode: 0o755,
  });
  const [one, two] = [await makeCertificate('one'), await makeCertificate('two')];
  world.want({ 'machine.crt': one, '00aa.crt': one });
  expect(await world.trust()).toBe('');
  world.want({ 'machine.crt': two });
  await world.trust();
  expect(readFileSync(told, 'utf8')).toBe(
    `${['+00aa', '+machine', '-00aa', '+machine'].map((word) => `${word[0]}/etc/ssl/certs/agentvm-${word.slice(1)}.pem\n`).join('')}`,
  );
});
