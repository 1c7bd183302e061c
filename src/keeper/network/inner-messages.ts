/** What the keeper asks of its inner half. */
export type InnerRequest =
  /** Listen on a TCP port at every address; the listening socket is the answer's handle. */
  | { readonly op: 'listen'; readonly id: number; readonly port: number }
  /** The same for datagrams. */
  | { readonly op: 'bind'; readonly id: number; readonly port: number }
  /** Connect to a TCP port of the loopback in there; the connection is the answer's handle. */
  | { readonly op: 'dial'; readonly id: number; readonly port: number };

/** Its answer: with a handle, or with the system's words for why there is none. */
export type InnerReply = { readonly id: number; readonly error?: string };
