/** The part that we use of a package that ships no types. */
declare module 'fs-native-extensions' {
  export const tryLock: (descriptor: number) => boolean;
  export const waitForLock: (descriptor: number) => Promise<void>;
}
