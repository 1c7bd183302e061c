/** A value that survives JSON without loss. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
