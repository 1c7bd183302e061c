import { canonicalJson } from '../lib/hash.ts';
import { isWithin } from '../lib/is-within.ts';
import { coversAddress } from '../lib/listen-address.ts';
import type { SecretValue } from '../model/field-values.ts';
import { type Field, type FieldId, fieldId } from '../model/fields.ts';
import type { Grant, GrantScope, Withheld } from '../model/grant.ts';
import type { Json } from '../model/json.ts';
import type { AppliedField, AppliedFields } from '../model/machine.ts';
import { coversReach } from './egress/reach.ts';
import { GRANT_RULES, type GrantRule, type Places } from './grant-rules.ts';

export type { Places } from './grant-rules.ts';

/** A field that asks, as the manifest or the state has it. */
export type Asking = Pick<Field, 'path' | 'key' | 'value'> & Pick<AppliedField, 'isDefault'>;

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

const grantsOf = (field: Asking, places: Places): readonly Grant[] => {
  const rule: GrantRule = GRANT_RULES[field.path];
  // A default is nobody's wish, also one of an earlier release that reached further.
  if (rule.kind === 'inside' || field.isDefault === true) return [];
  return rule.asks(field, places).map((asked) => ({ ...asked, fields: [fieldId(field.path, field.key)] }));
};

/** What fields ask of the host beyond the project's folder, each grant once, with every field that needs it. */
export const neededGrants = (fields: Iterable<Asking>, places: Places): readonly Grant[] => {
  const grants = new Map<string, Grant>();
  for (const grant of [...fields].flatMap((field) => grantsOf(field, places))) {
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
      return canonicalJson(approved) === canonicalJson(needed);
    case 'value':
      return needed.kind === 'value' && coversValue(approved, needed);
  }
};

type ValueScope = Extract<GrantScope, { kind: 'value' }>;

const coversValue = (approved: ValueScope, needed: ValueScope): boolean => {
  if (canonicalJson(approved) === canonicalJson(needed)) return true;
  if (approved.field === 'network.egress') {
    return needed.field === 'network.egress'
      ? coversReach(String(approved.value), String(needed.value))
      : approved.value === 'open' && needed.field.startsWith('network.');
  }
  return (
    approved.field === needed.field && needed.field.startsWith('secrets[') && coversSecret(approved, needed)
  );
};

const isSecret = (value: Json): value is Json & SecretValue =>
  value !== null && typeof value === 'object' && 'hosts' in value && Array.isArray(value.hosts);

/** The same value to fewer hosts. */
const coversSecret = (approved: ValueScope, needed: ValueScope): boolean => {
  const [wide, narrow] = [approved.value, needed.value];
  return (
    isSecret(wide) &&
    isSecret(narrow) &&
    canonicalJson(wide.source) === canonicalJson(narrow.source) &&
    narrow.hosts.every((host) => wide.hosts.some((one) => coversReach(one, host)))
  );
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

/** A field's value without what some grants open; undefined where it falls with any of them. */
export const withoutGrants = (
  { path, value }: Pick<Field, 'path' | 'value'>,
  gone: readonly Scoped[],
): Json | undefined => {
  const rule: GrantRule = GRANT_RULES[path];
  return rule.kind === 'reaches'
    ? rule.without?.(
        value,
        gone.map(({ scope }) => scope),
      )
    : undefined;
};

/**
 * The fields without what nobody approved: what is left of their value where it has parts, else each as it was applied
 * where that is still granted, else left out.
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
    const narrowed: string[] = [];
    for (const id of grant.fields) {
      const field = fields.get(id);
      const rest = field === undefined ? undefined : withoutGrants(field, [grant]);
      if (field !== undefined && rest !== undefined) {
        fields.set(id, { ...field, value: rest });
        narrowed.push(id);
        continue;
      }
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
      ...(narrowed.length > 0 ? [`${narrowed.join(', ')} goes without it`] : []),
    ];
    return {
      grant: grant.id,
      fields: grant.fields,
      text: `${grant.text}: not granted, so ${how.join(' and ')}`,
    };
  });
  return { fields, withheld };
};
