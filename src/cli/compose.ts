import type { Driver } from '../drivers/driver.ts';
import type { Ports } from '../engine/ports.ts';
import { guestOperations } from '../guest/operations.ts';
import { keeperProgram } from '../lib/program.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { ImageValue } from '../model/field-values.ts';
import type { Arch, DriverName } from '../model/machine.ts';

/** This host's architecture as QEMU names it. */
export const hostArch = (): Arch => (process.arch === 'arm64' ? 'aarch64' : 'x86_64');

/**
 * A driver by its name, loaded when it is asked for.
 * @throws AgentvmError DRIVER_UNSUPPORTED (exit 3) for one that is not built yet.
 */
export const composeDriver = async (name: DriverName): Promise<Driver> => {
  switch (name) {
    case 'qemu':
      return (await import('../drivers/qemu/driver.ts')).createQemuDriver({ keeperProgram });
    case 'fake':
      return (await import('../drivers/fake/driver.ts')).fakeDriver;
    case 'lima':
    case 'vfkit':
    case 'incus':
      throw new AgentvmError({
        code: 'DRIVER_UNSUPPORTED',
        exitCode: ExitCode.usage,
        message: `The driver '${name}' is not supported yet`,
        hint: 'Write `driver: auto` into the manifest, which takes QEMU.',
      });
  }
};

/** The real collaborators of the engine. */
export const composePorts = (): Ports => ({
  arch: hostArch(),
  driver: composeDriver,
  layers: {
    pin: async (context, { driver, image, arch }) =>
      driver === 'fake'
        ? (await import('../drivers/fake/layers.ts')).pinFakeImage(context, image)
        : (await import('../images/pin.ts')).pinImage(context, image as ImageValue, arch),
    ensure: async (context, { driver, ...recipe }) =>
      driver === 'fake'
        ? (await import('../drivers/fake/layers.ts')).ensureFakeLayer(context, recipe)
        : (await import('../images/ensure-layer.ts')).ensureLayer(context, {
            ...recipe,
            image: recipe.image as ImageValue,
            accelerator: async () => {
              const { chooseAccelerator } = await import('../drivers/qemu/accelerator.ts');
              return (await chooseAccelerator(context, recipe.arch)).accelerator;
            },
          }),
    guestFiles: async (driver) =>
      driver === 'fake' ? [] : (await import('../images/base-files.ts')).readGuestFiles(),
  },
  agents: {
    newest: async (context, { driver, name, wanted, projectDir }) => {
      if (driver === 'fake') {
        return (await import('../drivers/fake/guest.ts')).fakeAgentVersion(context, name, wanted);
      }
      const [{ loadAgent }, { newestAgentVersion }] = await Promise.all([
        import('../guest/agents/definition.ts'),
        import('../guest/agents/resolve-version.ts'),
      ]);
      const agent = await loadAgent({ paths: context.paths, projectDir }, name);
      return newestAgentVersion(context, { agent, projectDir, arch: hostArch() }, wanted);
    },
  },
  guestOf: (context, driver, ref, projectDir) =>
    driver.guestOperations?.(context, ref) ??
    guestOperations(context, {
      name: ref.name,
      projectDir,
      arch: hostArch(),
      connect: () => driver.connect(context, ref),
      consoleLog: driver.consoleLog(ref),
    }),
  seed: async (context, request) => (await import('../guest/seed.ts')).buildSeed(context, request),
});
