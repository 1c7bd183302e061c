import { connect, type Socket } from 'node:net';

/**
 * Joins an accepted connection with a unix socket, both ways: when one side has said all it has to say, the other is
 * told and may go on answering (half-close). When either breaks, both end.
 */
export const pipeToSocket = (accepted: Socket, socketPath: string): void => {
  const onward = connect({ path: socketPath, allowHalfOpen: true });
  const end = (): void => {
    accepted.destroy();
    onward.destroy();
  };
  accepted.on('error', end);
  onward.on('error', end);
  accepted.on('close', () => onward.destroySoon());
  onward.on('close', () => accepted.destroySoon());
  accepted.setNoDelay(true);
  accepted.pipe(onward);
  onward.pipe(accepted);
};
