import { onTestFinished } from 'vitest';
import { makeCage } from './cage.ts';
import { tempFolder } from './temp-folder.ts';

/** A cage for the running test, in a folder of its own. */
export const caged = async () => {
  const cage = await makeCage(await tempFolder());
  onTestFinished(cage.end);
  return cage;
};
