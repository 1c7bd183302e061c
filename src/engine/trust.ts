import type { Context } from '../lib/context.ts';
import type { MachineState } from '../model/machine.ts';
import type { MachineTrust } from '../model/trust.ts';
import { coversScope, neededGrants } from '../policy/grants.ts';
import { approvedGrants, placesOf } from './grants.ts';

/** What of this host was granted to a machine, and which of its applied fields live by it. */
export const trustOf = async (context: Context, state: MachineState): Promise<MachineTrust> => {
  const { grants } = await approvedGrants(context, state);
  const applied = Object.values(state.fields);
  const needed = neededGrants(applied, await placesOf(state.project.realPath, applied));
  return {
    id: state.id,
    name: state.name,
    project: state.project.realPath,
    manifest: state.manifestPath,
    grants: grants.map((grant) => ({
      ...grant,
      fields: needed.filter(({ scope }) => coversScope(grant.scope, scope)).flatMap(({ fields }) => fields),
    })),
  };
};
