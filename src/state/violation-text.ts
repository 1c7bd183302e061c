import type { ErrorObject } from 'ajv';

/** Nothing in a file of ours is long or odd, unless it is not ours any more. */
const MAX_PLACE = 100;

const placeOf = ({ instancePath }: ErrorObject): string =>
  JSON.stringify(instancePath.slice(0, MAX_PLACE)).slice(1, -1);

/** The first reason why a document of ours is not as its schema says, as a clause after the file's name. */
export const violationText = (errors: readonly ErrorObject[] | null | undefined): string => {
  // Where several shapes are allowed, what is deepest is nearest to what was meant.
  const [error] = [...(errors ?? [])].sort((a, b) => b.instancePath.length - a.instancePath.length);
  if (error === undefined) return 'is not as it should be';
  const place = placeOf(error);
  if (error.keyword !== 'required') return `is wrong at ${place || 'its top'}: it ${error.message}`;
  return `has no '${String(error.params.missingProperty)}'${place === '' ? '' : ` at ${place}`}`;
};
