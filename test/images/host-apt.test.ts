import { expect, test } from 'vitest';
import { settingsFromDump, sourcesFromTargets } from '../../src/images/host-apt.ts';
import type { ImageBuild } from '../../src/model/image-catalogue.generated.ts';

const BUILD: ImageBuild = { tool: 'mmdebstrap', suite: 'bookworm', components: ['main'], packages: [] };

test("the host's mirrors of the release are taken, others are left", () => {
  const targets = `http://mirror.example/debian/|bookworm|main
http://mirror.example/debian/|bookworm|contrib
http://mirror.example/debian/|bookworm-updates|main
https://mirror.example/debian-security/|bookworm-security|main
https://packages.example/node|nodistro|main
https://packages.example/db|bookworm-pgdg|main
http://mirror.example/debian/|bookworm-backports|main
file:/srv/debian|bookworm|main
`;
  expect(sourcesFromTargets(targets, BUILD)).toEqual([
    'deb http://mirror.example/debian/ bookworm main',
    'deb http://mirror.example/debian/ bookworm-updates main',
    'deb https://mirror.example/debian-security/ bookworm-security main',
  ]);
});

test('without a mirror of the release itself the choice stays with mmdebstrap', () => {
  expect(sourcesFromTargets('https://mirror.example/s/|bookworm-security|main\n', BUILD)).toEqual([]);
});

test('settings that reach the mirrors are taken, and none that name this host', () => {
  const dump = `APT::Architecture "amd64";
Acquire "";
Acquire::http::Proxy "http://proxy.example:3128";
Acquire::https::Verify-Peer "true";
Acquire::Check-Valid-Until "false";
Acquire::Retries "3";
Acquire::http "";
Acquire::Languages:: "none";
Dir::Cache "var/cache/apt";
`;
  expect(settingsFromDump(dump)).toEqual([
    'Acquire::http::Proxy "http://proxy.example:3128";',
    'Acquire::https::Verify-Peer "true";',
    'Acquire::Check-Valid-Until "false";',
    'Acquire::Retries "3";',
  ]);
});
