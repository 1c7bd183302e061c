import { describe, expect, test } from 'vitest';
import type { MachineId } from '../../src/model/machine.ts';
import { choosePruned, type MadeMachine, type PruneChoice } from '../../src/reconcile/prune.ts';

const made = (name: string, more: Partial<MadeMachine> = {}): MadeMachine => ({
  id: name as MachineId,
  name,
  isProtected: false,
  manifestPath: `/fleet/${name}.yaml`,
  isFileUnclear: false,
  isSameFolder: true,
  ...more,
});

/** What goes and what stays, or why it is refused, as text. */
const prune = (
  machines: readonly MadeMachine[],
  declared: readonly string[],
  choice: PruneChoice = 'all',
): string => {
  const pruning = choosePruned(machines, declared, choice);
  if (!pruning.ok) return `${pruning.code}: ${pruning.text}\n  ${pruning.hint}`;
  const gone = pruning.gone.map(({ name }) => name).join(', ');
  return [`gone: ${gone || 'none'}`, ...pruning.kept.map(({ name, why }) => `${name} stays: ${why}`)].join(
    '\n',
  );
};

const four = ['web', 'db', 'worker', 'cache'].map((name) => made(name));

describe('all that is declared no more', () => {
  test('goes, up to a half of what was made here', () => {
    expect(prune(four, ['web', 'db', 'worker', 'cache'])).toBe('gone: none');
    expect(prune(four, ['web', 'db', 'worker', 'new'])).toBe('gone: cache');
    expect(prune(four, ['web', 'db'])).toBe('gone: worker, cache');
    expect(prune([], ['web'])).toBe('gone: none');
  });

  test('stays when it is more than half', () => {
    expect(prune(four, ['web'])).toMatchInlineSnapshot(`
      "PRUNE_REFUSED: 3 of the 4 machines that were made here would go, more than half: db, worker, cache
        If that is meant, name them: --prune=db --prune=worker --prune=cache"
    `);
    expect(prune([made('web')], ['shop'])).toMatchInlineSnapshot(`
      "PRUNE_REFUSED: 1 of the 1 machines that were made here would go, more than half: web
        If that is meant, name them: --prune=web"
    `);
  });

  test('stays when nothing is declared', () => {
    expect(prune(four, [])).toMatchInlineSnapshot(`
      "PRUNE_REFUSED: nothing is declared, so all that was made here would go: web, db, worker, cache
        If that is meant, name them: --prune=web --prune=db --prune=worker --prune=cache"
    `);
    expect(prune([], [])).toBe('gone: none');
  });

  test('stays where it is protected, its file is unclear, or the folder is another', () => {
    const machines = [
      ...four,
      made('prod', { isProtected: true }),
      made('half', { isFileUnclear: true }),
      made('old', { isSameFolder: false }),
    ];
    expect(prune(machines, ['web', 'db', 'worker'])).toMatchInlineSnapshot(`
      "gone: cache
      prod stays: it is protected
      half stays: its manifest is there and does not say that it is one
      old stays: it was made by another folder that stood here"
    `);
  });
});

describe('what is named', () => {
  test('goes, also when it is more than half, or all', () => {
    expect(prune(four, ['web'], ['db', 'cache'])).toBe('gone: db, cache');
    expect(prune(four, [], ['web', 'db', 'worker', 'cache'])).toBe('gone: web, db, worker, cache');
    expect(prune([made('half', { isFileUnclear: true, isSameFolder: false })], [], ['half'])).toBe(
      'gone: half',
    );
  });

  test('stays where it is protected', () => {
    expect(prune([...four, made('prod', { isProtected: true })], [], ['web', 'prod'])).toMatchInlineSnapshot(`
      "PRUNE_REFUSED: prod: protected, which holds also when the manifest is gone
        Declare it again with lifecycle: {protect: false}, run agentvm apply, then prune it."
    `);
  });

  test('must have been made here, and be declared no more', () => {
    expect(prune(four, ['web'], ['wbe'])).toMatchInlineSnapshot(`
      "PRUNE_UNKNOWN: no machine 'wbe' was made here
        Made here were: web, db, worker, cache"
    `);
    expect(prune(four, ['web'], ['db', 'web'])).toMatchInlineSnapshot(`
      "PRUNE_UNKNOWN: 'web' is declared, so there is nothing to prune
        Take it out of its manifest first, or remove it by: agentvm rm"
    `);
    expect(prune([], [], ['web'])).toMatchInlineSnapshot(`
      "PRUNE_UNKNOWN: no machine 'web' was made here
        None was made here."
    `);
  });
});
