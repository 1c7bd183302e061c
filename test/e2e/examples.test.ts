import { cp } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { installCli } from '../support/installed-cli.ts';

test('the example with an agent of its own does what its README says', async () => {
  const cli = await installCli();
  onTestFinished(async () => {
    await cli.run(['rm', '--yes']);
    await cli.remove();
  });
  await cp('examples/own-agent', cli.project, { recursive: true });
  const applied = await cli.run(['apply', '--yes']);
  expect({ ...applied, stderr: applied.exitCode === 0 ? '' : applied.stderr }).toMatchObject({
    exitCode: 0,
    stderr: '',
  });
  // By its name alone, as a shipped agent.
  expect(await cli.run(['gemini', '--version'])).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/),
    stderr: '',
  });
  expect((await cli.run(['plan', '--exit-code'])).exitCode).toBe(0);
});
