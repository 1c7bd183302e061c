/** Whether a path is a folder or lies below it, by its text alone; both absolute and normalised. */
export const isWithin = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
