import type { Target } from '~/types/api';

/** What to open, with what stood in an earlier session's form. */
export interface OpenWish {
  target: Target;
  option?: string;
  reason?: string;
}
