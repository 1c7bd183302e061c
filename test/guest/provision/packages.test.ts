import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { changePackages } from '../../../src/guest/provision/packages.ts';
import type { Guest } from '../../../src/model/guest.ts';
import { localGuest } from '../../support/local-guest.ts';
import { tempFolder } from '../../support/temp-folder.ts';

let root: string;
let guest: Guest;

/** Programs named apt-get and so on, which write down how they were called and behave as `body` says. */
const program = (name: string, body: string): void => {
  writeFileSync(
    join(root, 'bin', name),
    `#!/bin/sh\nwords=; for word; do case $word in -y|-q|-o|*::*) ;; *) words="$words $word" ;; esac; done\nprintf "%s\\n" "${name}$words" >>"$ROOT/calls"\n${body}\n`,
    { mode: 0o755 },
  );
};
const calls = (): readonly string[] =>
  readFileSync(join(root, 'calls'), 'utf8')
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('dpkg-query'));

beforeEach(async () => {
  root = await tempFolder();
  mkdirSync(join(root, 'bin'));
  guest = localGuest([join(root, 'bin')], { ROOT: root });
  program('dpkg-query', 'for one in git jq lib; do echo "$one $one:amd64 installed"; done');
  program('apt-mark', '');
});

test('installs in one call, without an update where none is needed', async () => {
  program('apt-get', '');
  await changePackages(guest, { install: ['git', 'jq'], remove: [] });
  expect(calls()).toEqual(['apt-get install -- git jq']);
});

test('updates the lists once when a package is not in them', async () => {
  program(
    'apt-get',
    'case $words in *update*) touch "$ROOT/fresh" ;; esac\n[ -e "$ROOT/fresh" ] || { echo "E: Unable to locate package jq" >&2; exit 100; }',
  );
  await changePackages(guest, { install: ['jq'], remove: [] });
  expect(calls()).toEqual(['apt-get install -- jq', 'apt-get update', 'apt-get install -- jq']);
});

test('mends what an earlier run left half-done', async () => {
  program(
    'apt-get',
    '[ -e "$ROOT/mended" ] || { echo "E: dpkg was interrupted, you must manually run" >&2; exit 100; }',
  );
  program('dpkg', 'touch "$ROOT/mended"');
  await changePackages(guest, { install: ['jq'], remove: [] });
  expect(calls()).toEqual(['apt-get install -- jq', 'dpkg --configure -a', 'apt-get install -- jq']);
});

test('names packages that do not exist, and their field', async () => {
  program(
    'apt-get',
    'case $words in *install*) echo "E: Unable to locate package no-such" >&2; echo "E: Package \'gone\' has no installation candidate" >&2; exit 100 ;; esac',
  );
  await expect(changePackages(guest, { install: ['no-such', 'gone'], remove: [] })).rejects.toMatchObject({
    code: 'PACKAGE_NOT_FOUND',
    exitCode: 7,
    message: "The packages 'no-such', 'gone' in base.packages do not exist in the machine's distribution",
    hint: 'Correct the name in base.packages; search for it with: agentvm exec apt-cache search no-such',
  });
});

test('shows the last lines of any other failure', async () => {
  program('apt-get', 'echo "Setting up jq"; echo "E: post-installation script failed" >&2; exit 100');
  await expect(changePackages(guest, { install: ['jq'], remove: [] })).rejects.toMatchObject({
    code: 'PACKAGES_NOT_INSTALLED',
    details: ['Setting up jq', 'E: post-installation script failed'],
  });
});

test('removes what is named', async () => {
  program('apt-get', 'case $words in *simulate*) echo "Remv jq [1.6]"; echo "Remv lib [1]" ;; esac');
  await changePackages(guest, { install: [], remove: ['jq', 'lib', 'not-there'] });
  expect(calls()).toEqual(['apt-get --simulate remove -- jq lib', 'apt-get remove -- jq lib']);
});

test('keeps what another package needs', async () => {
  program(
    'apt-get',
    'case $words in *simulate*lib*) echo "Remv lib [1]"; echo "Remv git [2]" ;; *simulate*) echo "Remv jq [1]" ;; esac',
  );
  await changePackages(guest, { install: [], remove: ['jq', 'lib'] });
  expect(calls().slice(-2)).toEqual(['apt-mark auto lib', 'apt-get remove -- jq']);
});
