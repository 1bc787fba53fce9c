/** The signal that tells a case of a step that was committed for it; its argument is the id of the step's cause. */
export const RETIMED_SIGNAL = 'retimed';

/** A year's edition of the working-day calendar. */
export interface EditionRef {
  readonly year: number;
  readonly edition: number;
}

/** What a workflow that tries or publishes an edition is started with. */
export type PublicationInput = EditionRef;

/** An edition as it is written: `2027/2`. */
export const editionText = ({ year, edition }: EditionRef): string => `${year}/${edition}`;

/** The id of the workflow that tries and publishes an edition. */
export const publicationId = (ref: EditionRef): string => `calendarPublication/${editionText(ref)}`;

/** The id of the cause under which an edition counts a case anew: once a case, whatever is tried again. */
export const retimingCause = (ref: EditionRef): string => `calendar/${editionText(ref)}`;

/** What a page of a publication came to. */
export interface PublicationPage {
  /** Nothing is left to do, for now or for good: the dry run is at its end, or the edition is published. */
  readonly done: boolean;
}
