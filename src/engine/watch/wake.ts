/** Why to look at a machine, apart from what its document says. */
export type Wake = {
  readonly probe?: 'cheap' | 'deep';
  /** A person asks: what was given up is tried again. */
  readonly poke?: boolean;
  /** The time after a failure is over. */
  readonly retry?: boolean;
};

/** Both at once. */
export const mergeWakes = (earlier: Wake, later: Wake): Wake => {
  const probe = earlier.probe === 'deep' ? 'deep' : (later.probe ?? earlier.probe);
  return {
    ...(probe === undefined ? {} : { probe }),
    poke: earlier.poke === true || later.poke === true,
    retry: earlier.retry === true || later.retry === true,
  };
};
