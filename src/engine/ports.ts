import type { Driver, MachineRef, Share } from '../drivers/driver.ts';
import type { Context } from '../lib/context.ts';
import type { GuestFile, GuestOperations } from '../model/guest.ts';
import type { ImagePin } from '../model/image-pin.ts';
import type { Json } from '../model/json.ts';
import type { Layer } from '../model/layer.ts';
import type { Arch, DriverName } from '../model/machine.ts';

export type ImageRequest = {
  /** Whose machine it is for: the simulator's layers are simulated too. */
  readonly driver: DriverName;
  /** The value of the field `base.image`, an `ImageValue`. */
  readonly image: Json;
  readonly arch: Arch;
};

export type LayerRequest = ImageRequest & {
  /** What the image was resolved to, and is made from. */
  readonly pin: ImagePin;
  readonly packages: readonly string[];
};

export type AgentRequest = {
  readonly driver: DriverName;
  readonly name: string;
  readonly wanted: 'latest' | 'host';
  /** Real path of the project's folder, where agents of its own may be defined. */
  readonly projectDir: string;
};

/** What the guest's first minutes need of the host; the driver adds the keys that it made. */
export type SeedRequest = { readonly name: string; readonly shares: readonly Share[] };

/** Everything that the engine works with; put together in cli/compose.ts, and by tests around the fake driver. */
export type Ports = {
  readonly driver: (name: DriverName) => Promise<Driver>;
  readonly layers: {
    /** What an image stands for today. */
    readonly pin: (context: Context, request: ImageRequest) => Promise<ImagePin>;
    readonly ensure: (context: Context, request: LayerRequest) => Promise<Layer>;
    /** The files that this release puts into every layer; none for a driver whose layers are of another kind. */
    readonly guestFiles: (driver: DriverName) => Promise<readonly GuestFile[]>;
  };
  readonly agents: {
    /** What `latest` or `host` stand for today, asked of the registry or of the host's own agent. */
    readonly newest: (context: Context, request: AgentRequest) => Promise<string>;
  };
  /** `projectDir` is the real path of the project's folder, where agents of its own may be defined. */
  readonly guestOf: (
    context: Context,
    driver: Driver,
    ref: MachineRef,
    projectDir: string,
  ) => GuestOperations;
  /** Files of the seed, name → content. */
  readonly seed: (context: Context, request: SeedRequest) => Promise<Readonly<Record<string, string>>>;
  /** Architecture of the machines of this host. */
  readonly arch: Arch;
};
