import { canonicalJson, sha256 } from '../../lib/hash.ts';
import type { Desired } from '../../model/machine.ts';

/** Tells one version of a document from another by all that it asks for. */
export const digestOf = ({ name, driver, project, revision, fields }: Desired): string =>
  sha256(canonicalJson([name, driver, project, revision, [...fields].map(([id, { value }]) => [id, value])]));

/** What is done about drift. */
export const policyOf = (desired: Desired | undefined): 'report' | 'heal' =>
  desired?.fields.get('drift.policy')?.value === 'heal' ? 'heal' : 'report';
