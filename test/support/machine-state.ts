import type { MachineId, MachineState, ProjectIdentity } from '../../src/model/machine.ts';

export const MACHINE_ID = '00000000-0000-4000-8000-000000000001' as MachineId;

/** A state document for tests; `overrides` replace parts of it. */
export const machineState = (
  project: ProjectIdentity,
  overrides: Partial<MachineState> = {},
): MachineState => ({
  format: 2,
  release: '0.1.0',
  id: MACHINE_ID,
  lineage: '0a0b0c0d',
  serial: 0,
  name: 'demo',
  driver: 'fake',
  project,
  manifestPath: `${project.realPath}/agentvm.yaml`,
  phase: 'ready',
  createdAt: '2030-01-02T03:04:05.000Z',
  appliedAt: null,
  revision: null,
  fields: {},
  driverState: null,
  lastStep: null,
  unprovenRoot: null,
  ...overrides,
});
