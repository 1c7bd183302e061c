/**
 * Folder of a project's own agent definitions, relative to the project. What is in it is an input of the manifest:
 * the guest may read it but not change it.
 */
export const PROJECT_AGENTS_FOLDER = '.agentvm/agents';

/** Share of the agents' packages that every machine has. */
export const PACKAGES_SHARE = { id: 'packages', guestPath: '/run/agentvm/packages', mode: 'ro' } as const;

/** Folder of the agents' packages below `Paths.data`. */
export const PACKAGES_FOLDER = 'agents';
