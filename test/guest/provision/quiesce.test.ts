import { expect, test } from 'vitest';
import { quiesce } from '../../../src/guest/provision/quiesce.ts';
import type { Guest } from '../../../src/model/guest.ts';
import { testContext } from '../../support/context.ts';

type Behaviour = 'freezes' | 'cannot freeze' | 'is gone';

/** A guest that says what happens in it, in order. */
const guestThat = (behaviour: Behaviour, story: string[]): Guest => ({
  exec: async (_argv, { stdin, onLine } = {}) => {
    if (behaviour === 'is gone') throw new Error('no connection');
    if (behaviour === 'cannot freeze') return { exitCode: 1, stdout: '', stderr: 'fsfreeze: not supported' };
    story.push('still');
    onLine?.('still');
    for await (const _ of stdin as AsyncIterable<string>) story.push('end of input');
    story.push('goes on');
    return { exitCode: 0, stdout: 'still\n', stderr: '' };
  },
});

test('work is done while the guest holds still, and the guest goes on when it is done', async () => {
  const story: string[] = [];
  const result = await quiesce(testContext('/nowhere'), guestThat('freezes', story), async () => {
    story.push('work');
    return 7;
  });
  expect([result, story]).toEqual([7, ['still', 'work', 'end of input', 'goes on']]);
});

test('a guest goes on when the work fails', async () => {
  const story: string[] = [];
  const work = async () => {
    throw new Error('no room');
  };
  const failed = await quiesce(testContext('/nowhere'), guestThat('freezes', story), work).catch(String);
  expect([failed, story.at(-1)]).toEqual(['Error: no room', 'goes on']);
});

test.each<Behaviour>(['cannot freeze', 'is gone'])(
  'a guest that %s does not keep the work from being done',
  async (how) => {
    const done = await quiesce(testContext('/nowhere'), guestThat(how, []), async () => 'done');
    expect(done).toBe('done');
  },
);
