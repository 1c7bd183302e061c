import { canonicalJson } from '../lib/hash.ts';
import type { Json } from '../model/json.ts';

/** Whether two values are equal, whatever the order of their keys. */
export const isSameValue = (a: Json, b: Json): boolean => a === b || canonicalJson(a) === canonicalJson(b);
