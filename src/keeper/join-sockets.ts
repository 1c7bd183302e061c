import type { Socket } from 'node:net';

/**
 * Joins two connections, both ways: when one side has said all it has to say, the other is told and may go on
 * answering, as both allow half-open connections. When either breaks, both end.
 */
export const joinSockets = (accepted: Socket, onward: Socket): void => {
  const end = (): void => {
    accepted.destroy();
    onward.destroy();
  };
  accepted.on('error', end);
  onward.on('error', end);
  accepted.on('close', () => onward.destroySoon());
  onward.on('close', () => accepted.destroySoon());
  accepted.setNoDelay(true);
  onward.setNoDelay(true);
  accepted.pipe(onward);
  onward.pipe(accepted);
};
