import type { Socket } from 'node:net';
import { breakOff } from './break-off.ts';

/**
 * Joins two connections, both ways: when one side has said all it has to say, the other is told and may go on
 * answering, as both allow half-open connections. When either breaks, so does the other: whoever reads from it must not
 * take what came so far for the whole.
 */
export const joinSockets = (accepted: Socket, onward: Socket): void => {
  accepted.on('error', () => breakOff(onward));
  onward.on('error', () => breakOff(accepted));
  accepted.on('close', () => onward.destroySoon());
  onward.on('close', () => accepted.destroySoon());
  accepted.setNoDelay(true);
  onward.setNoDelay(true);
  accepted.pipe(onward);
  onward.pipe(accepted);
};
