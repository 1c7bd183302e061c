import type { Consent } from '../../src/model/grant.ts';
import type { Plan } from '../../src/model/plan.ts';

/** A yes to the plan and to all that it opens of the host. */
export const grantAll = async ({ grants }: Plan): Promise<Consent> => ({
  grants: Object.fromEntries(grants.map(({ id }) => [id, 'prompt'])),
});
