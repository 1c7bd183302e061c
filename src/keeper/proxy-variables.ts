/** The variables that programs take this host's proxies from, in both spellings. Their values can hold a password. */
export const PROXY_VARIABLES: readonly string[] = [
  'http_proxy',
  'https_proxy',
  'all_proxy',
  'no_proxy',
].flatMap((name) => [name, name.toUpperCase()]);
