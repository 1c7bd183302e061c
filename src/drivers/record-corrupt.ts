import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { MachineRef } from './driver.ts';

/** What a driver finds in state or in the machine's folder is not what it has written. */
export const recordCorruptError = (ref: MachineRef, why: string): AgentvmError =>
  new AgentvmError({
    code: 'DRIVER_RECORD_CORRUPT',
    exitCode: ExitCode.stalled,
    message: `The record of the machine '${ref.name}' in ${ref.dir} ${why}`,
    hint: `Put back a copy of the folder, or set the machine aside (its disk stays in that folder): mv ${ref.dir} ${ref.dir}.broken`,
  });
