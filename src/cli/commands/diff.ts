import type { Context } from '../../lib/context.ts';
import type { DiffDocument, DiffsDocument } from '../../model/diff.ts';
import { ExitCode } from '../../model/errors.ts';
import { loadManifests, skippedText } from '../manifest.ts';
import type { Selection } from '../selection.ts';

export type DiffOptions = Selection & { readonly json?: boolean; readonly exitCode?: boolean };

/** Holds the manifests against what was last applied. Looks at no machine. */
export const diff = async (context: Context, options: DiffOptions): Promise<number> => {
  const fleet = await loadManifests(context, options);
  context.io.stderr(skippedText(fleet));
  const [{ findMachine }, { manifestDiff }] = await Promise.all([
    import('../../state/inventory.ts'),
    import('../../reconcile/manifest-diff.ts'),
  ]);
  const diffs = await Promise.all(
    fleet.desired.map(async (desired) => {
      const match = await findMachine(context.paths, desired.project, desired.name);
      return manifestDiff(desired, match.kind === 'none' ? null : match.state);
    }),
  );
  context.io.stdout(
    options.json ? `${JSON.stringify(documentOf(diffs), null, 2)}\n` : await textOf(context, diffs),
  );
  const isDifferent = diffs.some(({ changes }) => changes.length > 0);
  return options.exitCode && isDifferent ? ExitCode.changes : ExitCode.done;
};

const documentOf = (diffs: readonly DiffDocument[]): DiffDocument | DiffsDocument => {
  const [only, ...others] = diffs;
  return only !== undefined && others.length === 0 ? only : { kind: 'diffs', version: 1, machines: diffs };
};

const textOf = async (context: Context, diffs: readonly DiffDocument[]): Promise<string> => {
  const { manifestDiffText } = await import('../../reconcile/manifest-diff-text.ts');
  const options = { now: context.clock.now().toISOString(), home: context.paths.home };
  return diffs.map((one) => manifestDiffText(one, options)).join('\n');
};
