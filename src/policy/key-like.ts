/** How the keys of common services begin; GitHub's own list of what it looks for has them all. */
const KNOWN =
  /^(gh[pousr]_[A-Za-z0-9]{20}|github_pat_[A-Za-z0-9_]{20}|glpat-[\w-]{16}|sk-[\w-]{16}|sk_(live|test)_\w{12}|xox[abprs]-[\w-]{10}|npm_[A-Za-z0-9]{20}|hf_[A-Za-z0-9]{20}|pypi-[\w-]{16}|AKIA[0-9A-Z]{16}|AIza[\w-]{20}|eyJ[\w-]{10,}\.eyJ[\w-]{10}|-----BEGIN [A-Z ]*PRIVATE KEY-----)/;

const NAMED = /(^|_)(token|secret|passw(or)?d|passphrase|api_?key|access_?key|private_?key|credentials?)$/i;

/** Long, of one word, with digits in it: nothing that a person would choose. A path or a URL is where a key lies. */
const RANDOM = /^(?=[^\d]*\d)(?=.*[A-Za-z])[\w+=.~-]{16,}$/;

/** Whether the value of a variable looks like a key that only a host should hold. */
export const isKeyLike = (name: string, value: string): boolean =>
  KNOWN.test(value) || (NAMED.test(name) && RANDOM.test(value));
