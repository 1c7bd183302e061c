/* Generated from schemas/agent.v1.json by `npm run generate`; change the schema instead. */
import type { ErrorObject } from 'ajv';
import type { AgentDefinition } from '../model/agent-definition.generated.ts';

/** Whether a value is a AgentDefinition; if not, `errors` holds every reason until the next call. */
export declare const validate: {
  (value: unknown): value is AgentDefinition;
  errors?: readonly ErrorObject[] | null;
};
