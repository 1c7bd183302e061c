import type { Wish } from '../support/desired.ts';

export const PROJECTS = ['one', 'two', 'three'] as const;

/** Manifests that the workers change between, so that there is always something to do. */
export const WISHES: readonly Wish[] = [
  { packages: ['git'], env: { A: '1' }, ports: { 3000: 3000 } },
  { packages: ['git', 'jq'], agents: { claude: 'latest' }, mounts: { '/data': '/srv/data' } },
  { memoryMiB: 2048, env: { A: '2' }, scripts: { 'a.sh': 'true\n' } },
  { image: 'debian-13', agents: { codex: '1.0.0' } },
];
