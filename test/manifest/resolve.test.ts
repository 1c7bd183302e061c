import { expect, test } from 'vitest';
import { manifestProject } from '../support/manifest-project.ts';

test('a manifest of one line asks for the defaults', async () => {
  const project = await manifestProject({ 'agentvm.yaml': 'apiVersion: agentvm/v1\n' });
  const fields = (await project.fields()).map((line) => line.replaceAll(project.root, 'ROOT'));
  expect(fields).toMatchInlineSnapshot(`
    [
      "name = "my-app"",
      "driver = "qemu"",
      "base.image = {"name":"debian-12"}",
      "resources.cpus = 4",
      "resources.memory = 4096",
      "resources.disk = 42949672960",
      "workspace.guestPath = "ROOT/my-app"",
      "workspace.mode = "rw"",
      "network.egress = "open"",
      "workspace.protect[.git/hooks] = true",
      "workspace.protect[agentvm.yaml] = true",
    ]
  `);
});
