import type { Context } from '../../lib/context.ts';
import { identifyProcess } from '../../lib/process-identity.ts';
import {
  CONDITION_TYPES,
  type Conditions,
  type ConditionType,
  type Judgement,
  unknownConditions,
  withJudgement,
} from '../../model/condition.ts';
import type { MachineId } from '../../model/machine.ts';
import type { WatchHappening } from '../../model/watch.ts';
import { readNote, writeNote } from '../../state/machine-note.ts';

/** The conditions of one machine while it is watched. */
export type ConditionLog = {
  readonly judge: (type: ConditionType, judgement: Judgement) => void;
  /** Writes them beside the machine's state where they changed; the first time goes on from those that are there. */
  readonly save: (id: MachineId) => Promise<void>;
};

const NOTE = 'conditions.json';

export const createConditionLog = (
  context: Context,
  emit: (happening: WatchHappening) => void,
): ConditionLog => {
  const { clock, paths } = context;
  const since = clock.now().toISOString();
  let conditions: Conditions = unknownConditions(since);
  let written = '';
  let owner: MachineId | undefined;

  /** What was so already when an earlier watch ended is so since then. */
  const takeOver = async (id: MachineId): Promise<void> => {
    const note = await readNote(paths, id, NOTE);
    for (const before of note?.conditions ?? []) {
      const now = conditions[before.type];
      if (now === undefined || now.status !== before.status) continue;
      const { lastTransitionTime } = before;
      conditions = { ...conditions, [before.type]: { ...now, lastTransitionTime } };
    }
  };

  return {
    judge: (type, judgement) => {
      const before = conditions[type];
      conditions = withJudgement(conditions, type, judgement, clock.now().toISOString());
      if (before.status !== judgement.status || before.reason !== judgement.reason)
        emit({ event: 'condition', condition: conditions[type] });
    },
    save: async (id) => {
      if (owner !== id) await takeOver(id);
      const text = JSON.stringify([id, conditions]);
      if (text === written) return;
      const self = await identifyProcess(process.pid);
      if (self === undefined) throw new Error('this process has no identity');
      await writeNote(paths, id, NOTE, {
        format: 1,
        watch: { ...self, since },
        conditions: CONDITION_TYPES.map((type) => conditions[type]),
      });
      owner = id;
      written = text;
    },
  };
};
