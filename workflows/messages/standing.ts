/** How far a case's workflow has come: asked by the watch, where its stage and its row's differ. */
export const STANDING_QUERY = 'standing';

/** The answer to `standing`. */
export interface Standing {
  readonly revision: number;
  readonly stage: string;
}

/** Asks a case's workflow to begin anew as soon as nothing is under way in it, so that no run is older than a release. */
export const ROLLOVER_SIGNAL = 'rollover';
