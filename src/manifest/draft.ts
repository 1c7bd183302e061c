import type { Context } from '../lib/context.ts';
import { type DetectedAgent, detectAgent } from './detect-agent.ts';
import { type DetectedPackage, detectPackages } from './detect-packages.ts';
import { type DetectedPort, detectPorts } from './detect-ports.ts';
import { nameFromFolder } from './machine-name.ts';
import { defaultResources } from './resolve-resources.ts';
import type { HostDefaults } from './resolving.ts';

const SCHEMA_URL = 'https://agentvm.dev/schemas/agentvm.v1.json';
const LOWEST_UNPRIVILEGED_PORT = 1024;

const COMMON_PACKAGES: readonly DetectedPackage[] = [
  { name: 'git', because: 'agents work with it' },
  { name: 'ripgrep', because: 'agents search with it' },
];

const entries = (
  list: readonly { readonly text: string; readonly because: string }[],
  indent: string,
): string => {
  const width = Math.max(...list.map(({ text }) => text.length));
  return list.map(({ text, because }) => `${indent}- ${text.padEnd(width)}   # ${because}`).join('\n');
};

const packagesText = (packages: readonly DetectedPackage[]): string =>
  entries(
    [...COMMON_PACKAGES, ...packages].map(({ name, because }) => ({ text: name, because })),
    '    ',
  );

const portsText = (ports: readonly DetectedPort[]): string =>
  ports.length === 0
    ? '# ports: [3000]'
    : `ports:\n${entries(
        ports.map(({ port, because }) => ({
          text: port < LOWEST_UNPRIVILEGED_PORT ? `"auto:${port}"` : String(port),
          because,
        })),
        '  ',
      )}`;

const agentText = ({ name, found }: DetectedAgent): string =>
  `${found === undefined ? '# None was found on this host, so this is the default.' : `# This host has ${found}.`}
agent: ${name}`;

/**
 * The text of a first manifest for a project: what its files and this host tell, every line explained.
 * @param folder real path of the project's folder.
 */
export const draftManifest = async (
  context: Context,
  folder: string,
  host: HostDefaults,
): Promise<string> => {
  const [agent, packages, ports] = await Promise.all([
    detectAgent(context),
    detectPackages(folder),
    detectPorts(folder),
  ]);
  const { cpus, memoryMiB, diskGiB } = defaultResources(host);
  return `# yaml-language-server: $schema=${SCHEMA_URL}
# The virtual machine of this folder. \`agentvm plan\` shows what a change would do, \`agentvm apply\` does it.
# Every field is explained in agentvm.yaml.example.

# The format of this file.
apiVersion: agentvm/v1

# The machine's name, which is also the guest's hostname.
name: ${nameFromFolder(folder) ?? 'my-app'}

# The agent that \`agentvm run\` starts: claude, codex, opencode, or one of your own.
${agentText(agent)}

base:
  # The guest's system.
  image: debian-12
  # Debian packages to have in it. Node.js and npm are there already.
  packages:
${packagesText(packages)}
  # Scripts of this project that set up the rest, run as root in the guest and again when they change.
  # scripts: [./scripts/setup.sh]

resources:
  # Virtual processors.
  cpus: ${cpus}
  # Memory, with its unit: MiB, GiB or TiB.
  memory: ${memoryMiB % 1024 === 0 ? `${memoryMiB / 1024}GiB` : `${memoryMiB}MiB`}
  # Size of the disk; it takes only what is written to it.
  disk: ${diskGiB}GiB

# Ports of the guest to reach at 127.0.0.1 on this host; "8080:80" is host:guest.
${portsText(ports)}

# Other folders of this host to show in the guest, read-only unless mode is rw.
# mounts: [{host: ~/data, guest: /data}]

# Environment of every session in the guest.
# env: {NODE_ENV: development}
`;
};
