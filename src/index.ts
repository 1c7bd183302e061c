/**
 * agentvm as a library: read a manifest, and plan from three documents without an effect. The command line is the
 * way to change a machine.
 */
export type { Context } from './lib/context.ts';
export { type LoadOptions, type LoadResult, loadDesired } from './manifest/load-desired.ts';
export { AgentvmError, ExitCode } from './model/errors.ts';
export type { Field, FieldId, FieldPath, Fields } from './model/fields.ts';
export type { Desired, MachineState, Observed } from './model/machine.ts';
export type { Manifest } from './model/manifest.generated.ts';
export type { Change, Plan, Step, Strategy } from './model/plan.ts';
export { type Approval, approve } from './reconcile/approval.ts';
export { plan } from './reconcile/plan.ts';
export { planText } from './reconcile/plan-text.ts';
