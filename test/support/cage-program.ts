import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeCage, shareOf } from './cage.ts';
import { eventually } from './eventually.ts';

// A program that a test runs as another user: attacks a protected file from a cage of that user's own, before and
// after the host replaced it, and prints what came of it as JSON.

const root = process.argv[2] ?? '';
await mkdir(root, { recursive: true });
const cage = await makeCage(root);
const manifest = join(cage.project, 'agentvm.yaml');
await writeFile(manifest, 'one\n');
const tree = await cage.makeTree();
await tree.set([shareOf('workspace', cage.project, { protect: ['agentvm.yaml', '.git/hooks'] })]);
const attack = 'cd workspace; echo x >> agentvm.yaml; rm -f agentvm.yaml; mv .git g; touch .git/hooks/a';
const before = await cage.asGuest(attack);
await writeFile(join(cage.project, 'new'), 'two\n');
await rename(join(cage.project, 'new'), manifest);
await eventually(() => cage.areBound('workspace/agentvm.yaml'));
const after = await cage.asGuest(attack);
const content = await cage.asGuest('cat workspace/agentvm.yaml; echo made > workspace/made');
const { uid } = await stat(join(cage.project, 'made'));
cage.end();
process.stdout.write(JSON.stringify({ user: process.getuid?.(), before, after, content, owner: uid }));
