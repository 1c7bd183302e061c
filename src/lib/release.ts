import packageJson from '../../package.json' with { type: 'json' };

/** The release of agentvm that runs, for example `0.1.0`. */
export const RELEASE: string = packageJson.version;
