/**
 * A shell function: `stamp_of FOLDER` prints 64 hex digits that change with the name, the size or the inode's change
 * time of anything in it, but for folders. Reading the content of an agent takes half a minute in an emulated guest; a
 * change time, unlike that of modification, is not to be set at will.
 */
export const STAMP_FUNCTION = `stamp_of() {
  find "$1" ! -type d -printf '%P %s %C@\\n' | LC_ALL=C sort | sha256sum | head -c 64
}`;

export const STAMP = /^[0-9a-f]{64}$/;
