import { canonicalJson } from '../lib/hash.ts';
import { isWithin } from '../lib/is-within.ts';
import { coversAddress } from '../lib/listen-address.ts';
import { type Field, type FieldId, fieldId } from '../model/fields.ts';
import type { Grant, GrantScope, Withheld } from '../model/grant.ts';
import type { AppliedField, AppliedFields } from '../model/machine.ts';
import { GRANT_RULES, type GrantRule, type Places } from './grant-rules.ts';

export type { Places } from './grant-rules.ts';

/** A field that asks, as the manifest or the state has it. */
export type Asking = Pick<Field, 'path' | 'key' | 'value'>;

/** Host paths in fields, whose real targets the rules need to know. */
export const hostPathsIn = (fields: Iterable<Asking>): readonly string[] => {
  const paths = new Set<string>();
  for (const { path, value } of fields) {
    if (path === 'mounts[]') paths.add((value as { readonly host: string }).host);
    if (path === 'base.image' && typeof (value as { readonly path?: string }).path === 'string') {
      paths.add((value as { readonly path: string }).path);
    }
  }
  return [...paths];
};

const grantOf = (field: Asking, places: Places): Grant | undefined => {
  const rule: GrantRule = GRANT_RULES[field.path];
  const asked = rule.kind === 'inside' ? undefined : rule.asks(field, places);
  return asked === undefined ? undefined : { ...asked, fields: [fieldId(field.path, field.key)] };
};

/** What fields ask of the host beyond the project's folder, each grant once, with every field that needs it. */
export const neededGrants = (fields: Iterable<Asking>, places: Places): readonly Grant[] => {
  const grants = new Map<string, Grant>();
  for (const field of fields) {
    const grant = grantOf(field, places);
    if (grant === undefined) continue;
    const same = grants.get(grant.id);
    grants.set(grant.id, same === undefined ? grant : { ...same, fields: [...same.fields, ...grant.fields] });
  }
  return [...grants.values()];
};

/** Whether what was approved opens all that is needed: the same or more. */
export const coversScope = (approved: GrantScope, needed: GrantScope): boolean => {
  switch (approved.kind) {
    case 'folder':
      return (
        needed.kind === 'folder' &&
        isWithin(approved.path, needed.path) &&
        (approved.mode === 'rw' || needed.mode === 'ro')
      );
    case 'port':
      return (
        needed.kind === 'port' &&
        approved.port === needed.port &&
        coversAddress(approved.address, needed.address)
      );
    case 'image':
    case 'value':
      return canonicalJson(approved) === canonicalJson(needed);
  }
};

type Scoped = { readonly scope: GrantScope };

/** Those that no approved one covers. */
export const missingGrants = <G extends Scoped>(
  needed: readonly G[],
  approved: readonly Scoped[],
): readonly G[] => needed.filter(({ scope }) => !approved.some((one) => coversScope(one.scope, scope)));

/** Those approved ones that something still needs; the rest has left the manifest and is revoked. */
export const grantsInUse = <G extends Scoped>(
  approved: readonly G[],
  needed: readonly Scoped[],
): readonly G[] => approved.filter(({ scope }) => needed.some((one) => coversScope(scope, one.scope)));

/** Whether what a grant had opened stays done in the machine, so that it is neither taken away nor done again. */
export const isLasting = ({ path }: Pick<Field, 'path'>): boolean => {
  const rule: GrantRule = GRANT_RULES[path];
  return rule.kind === 'reaches' && rule.isLasting === true;
};

const asField = (applied: AppliedField, source: Field['source']): Field => {
  const { path, key, value, isDefault } = applied;
  return {
    path,
    ...(key === undefined ? {} : { key }),
    value,
    ...(isDefault || source === undefined ? {} : { source }),
  };
};

export type Withholding = {
  readonly fields: ReadonlyMap<FieldId, Field>;
  readonly withheld: readonly Withheld[];
};

/**
 * The fields without what nobody approved: each as it was applied where that is still granted, else left out.
 * @param missing what the fields need and nobody approved.
 */
export const withholdFields = (
  desired: ReadonlyMap<FieldId, Field>,
  applied: AppliedFields,
  missing: readonly Grant[],
  approved: readonly Scoped[],
  places: Places,
): Withholding => {
  const fields = new Map(desired);
  const withheld = missing.map((grant): Withheld => {
    const kept: string[] = [];
    const left: string[] = [];
    for (const id of grant.fields) {
      const before = applied[id];
      const isKept =
        before !== undefined &&
        (isLasting(before) || missingGrants(neededGrants([before], places), approved).length === 0);
      if (isKept) fields.set(id, asField(before, desired.get(id)?.source));
      else fields.delete(id);
      (isKept ? kept : left).push(id);
    }
    const how = [
      ...(kept.length > 0 ? [`${kept.join(', ')} stays as it was applied`] : []),
      ...(left.length > 0 ? [`${left.join(', ')} is left out`] : []),
    ];
    return {
      grant: grant.id,
      fields: grant.fields,
      text: `${grant.text}: not granted, so ${how.join(' and ')}`,
    };
  });
  return { fields, withheld };
};
