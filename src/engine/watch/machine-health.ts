import type { Judgement } from '../../model/condition.ts';
import type { Observed } from '../../model/machine.ts';

type Seen = Pick<Observed, 'power' | 'powerReason' | 'guestReady' | 'suspendedSince'>;

/** The condition Ready: the machine runs and its guest answers, whatever its manifest says by now. */
export const readyJudgement = ({ power, powerReason = '', guestReady, suspendedSince }: Seen): Judgement => {
  const no = (reason: string, message: string): Judgement => ({ status: 'False', reason, message });
  switch (power) {
    case 'running':
      if (suspendedSince !== undefined) {
        return { status: 'True', reason: 'WakesOnUse', message: `suspended since ${suspendedSince} (idle)` };
      }
      return guestReady
        ? { status: 'True', reason: 'GuestAnswers', message: '' }
        : no('GuestNotAnswering', 'the machine runs, but its guest does not answer yet');
    case 'stopped':
      return no('MachineStopped', powerReason || 'the machine is stopped');
    case 'paused':
      return no('MachinePaused', powerReason || 'the machine is paused');
    case 'crashed':
      return no('MachineCrashed', powerReason || 'the machine ended without being stopped');
    case 'absent':
      return no('MachineAbsent', 'there is no machine');
    case 'unknown':
      return { status: 'Unknown', reason: 'ProbeFailed', message: powerReason };
  }
};
