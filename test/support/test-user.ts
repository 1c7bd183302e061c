import { execFileSync } from 'node:child_process';
import type { TestUser } from './installed-cli.ts';

const NAME = 'agentvm-test';

const idOf = (flag: '-u' | '-g'): number => Number(execFileSync('id', [flag, NAME], { encoding: 'utf8' }));

/** An ordinary user of this host, made for the tests if it is not there; only root can make one. */
export const testUser = (): TestUser => {
  try {
    execFileSync('id', [NAME], { stdio: 'ignore' });
  } catch {
    execFileSync('useradd', ['--create-home', '--shell', '/bin/bash', NAME]);
  }
  return { name: NAME, uid: idOf('-u'), gid: idOf('-g'), home: `/home/${NAME}` };
};
