import type { Driver } from '../drivers/driver.ts';
import { fieldsOfPath, present } from '../engine/machine-spec.ts';
import type { Context } from '../lib/context.ts';
import type { SecretValue } from '../model/field-values.ts';
import type { ExistingMachine } from './target.ts';

/**
 * Tells a person at a terminal whose session begins which secrets have no value: neither is their variable set here,
 * nor has a command handed it over before.
 */
export const tellUnsetSecrets = async (
  context: Context,
  {
    driver,
    ref,
    state,
  }: Pick<ExistingMachine, 'ref' | 'state'> & { readonly driver: Pick<Driver, 'inspect'> },
): Promise<void> => {
  if (!context.io.isTerminal.stderr) return;
  const unset = fieldsOfPath(present(state.fields), 'secrets[]').flatMap(({ key, value }) => {
    const { source } = value as unknown as SecretValue;
    return source.from === 'env' && !context.env[source.variable] ? [{ key, ...source }] : [];
  });
  if (unset.length === 0) return;
  const { network } = await driver.inspect(context, ref, { refresh: false });
  for (const { key, variable } of unset) {
    if (!network?.unsetSecrets?.includes(key)) continue;
    context.io.stderr(
      `agentvm: ${key} has no value, as ${variable} is not set here: requests that carry it are refused\n`,
    );
  }
};
