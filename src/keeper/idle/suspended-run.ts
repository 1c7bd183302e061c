import type { Run } from '../protocol-files.ts';

/** The record of a running machine that is suspended since a time, or of one that is not. */
export const suspendedRun = ({ suspendedSince: _, ...run }: Run, since: string | undefined): Run =>
  since === undefined ? run : { ...run, suspendedSince: since };

/**
 * What another keeper's record comes to: the suspension was recorded before it was done, and a machine that is paused
 * after an error of its disk is nobody's to wake.
 */
export const takenOver = (left: Run, isHalted: boolean): Run =>
  suspendedRun(left, isHalted ? left.suspendedSince : undefined);
