import { expect, test } from 'vitest';
import { manifestProject } from '../support/manifest-project.ts';

const complaintsAbout = async (manifest: string): Promise<string> =>
  (await manifestProject({ 'agentvm.yaml': manifest })).complaints();

test('tells everything that is wrong at once, each at its place', async () => {
  const text = await complaintsAbout(`apiVersion: agentvm/v1
nmae: My App
driver: qmu
memory: 4GiB
resources: {cpus: "4", memory: 8GB, disk: 40}
resources: {}
base:
  image: {foo: 1}
  packages: [Git, ripgrep, 5]
  scripts: ./setup.sh
mounts:
  - {host: ~/data}
  - {host: ~/data, guest: data, mode: r}
ports: [3000, "8080", 99999, {guest: 5432, hots: auto}]
env: {1A: x, OK: [a]}
agent: {version: 1.2}
lifecycle: {protect: yes, idle: 30m}
network: {egress: opne}
services:
`);
  expect(text).toMatchInlineSnapshot(`
    "agentvm.yaml:2:1: Unknown key 'nmae'
         2 | nmae: My App
           | ^^^^
      Did you mean 'name'?

    agentvm.yaml:3:9: driver must be auto, qemu, lima, vfkit, incus or fake, not "qmu"
         3 | driver: qmu
           |         ^^^
      Did you mean 'qemu'?

    agentvm.yaml:4:1: Unknown key 'memory'
         4 | memory: 4GiB
           | ^^^^^^
      It belongs under 'resources'.

    agentvm.yaml:5:19: resources.cpus must be a whole number, not text
         5 | resources: {cpus: "4", memory: 8GB, disk: 40}
           |                   ^^^
      Write 4 without quotes.

    agentvm.yaml:5:32: resources.memory: "8GB" is not a size in binary units
         5 | resources: {cpus: "4", memory: 8GB, disk: 40}
           |                                ^^^
      Use 8GiB.

    agentvm.yaml:5:43: resources.disk needs a unit
         5 | resources: {cpus: "4", memory: 8GB, disk: 40}
           |                                           ^^
      Use 40GiB.

    agentvm.yaml:6:1: The key 'resources' stands here a second time; the first is on line 5
         6 | resources: {}
           | ^^^^^^^^^
      Keep one of them.

    agentvm.yaml:8:11: Unknown key 'foo' in base.image
         8 |   image: {foo: 1}
           |           ^^^
      Known here: url, sha256, path

    agentvm.yaml:9:14: base.packages[0]: "Git" is not allowed
         9 |   packages: [Git, ripgrep, 5]
           |              ^^^
      The name of a package: lower-case letters, digits, +, . and -.

    agentvm.yaml:9:28: base.packages[2] must be text, not a number
         9 |   packages: [Git, ripgrep, 5]
           |                            ^
      Put it in quotes: "5"

    agentvm.yaml:10:12: base.scripts must be a list, not text
        10 |   scripts: ./setup.sh
           |            ^^^^^^^^^^
      Make it a list: [./setup.sh]

    agentvm.yaml:12:5: mounts[0] lacks the key 'guest'
        12 |   - {host: ~/data}
           |     ^^^^^^^^^^^^^^
      Add guest: …

    agentvm.yaml:13:27: mounts[1].guest: "data" is not allowed
        13 |   - {host: ~/data, guest: data, mode: r}
           |                           ^^^^
      An absolute path in the guest without . or .. in it.

    agentvm.yaml:13:39: mounts[1].mode must be rw or ro, not "r"
        13 |   - {host: ~/data, guest: data, mode: r}
           |                                       ^
      Did you mean 'rw'?

    agentvm.yaml:14:15: ports[1]: "8080" is not allowed
        14 | ports: [3000, "8080", 99999, {guest: 5432, hots: auto}]
           |               ^^^^^^
      HOST:GUEST as text, for example "8080:80" or "auto:80".

    agentvm.yaml:14:23: ports[2] must be at most 65535, not 99999
        14 | ports: [3000, "8080", 99999, {guest: 5432, hots: auto}]
           |                       ^^^^^
      Correct the number.

    agentvm.yaml:14:44: Unknown key 'hots' in ports[3]
        14 | ports: [3000, "8080", 99999, {guest: 5432, hots: auto}]
           |                                            ^^^^
      Did you mean 'host'?

    agentvm.yaml:15:7: env: the name '1A' is not allowed
        15 | env: {1A: x, OK: [a]}
           |       ^^
      The name of a variable: letters, digits and _, not starting with a digit.

    agentvm.yaml:15:18: env.OK must be text, a number or true or false, not a list
        15 | env: {1A: x, OK: [a]}
           |                  ^^^

    agentvm.yaml:16:8: agent lacks the key 'name'
        16 | agent: {version: 1.2}
           |        ^^^^^^^^^^^^^^
      Add name: …

    agentvm.yaml:16:18: agent.version must be text, not a number
        16 | agent: {version: 1.2}
           |                  ^^^
      Put it in quotes: "1.2"

    agentvm.yaml:17:22: lifecycle.protect must be true or false, not text
        17 | lifecycle: {protect: yes, idle: 30m}
           |                      ^^^
      Write true.

    agentvm.yaml:17:33: lifecycle.idle must be a map, not text
        17 | lifecycle: {protect: yes, idle: 30m}
           |                                 ^^^

    agentvm.yaml:18:19: network.egress must be open, public or none, not "opne"
        18 | network: {egress: opne}
           |                   ^^^^
      Did you mean 'open'?

    agentvm.yaml:19:1: services has no value
        19 | services:
           | ^^^^^^^^
      Write a value behind it, or delete the line.
    "
  `);
});
