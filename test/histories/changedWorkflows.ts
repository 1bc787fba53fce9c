import { sleep } from '@temporalio/workflow';

/** What a careless change does to cases that are under way: something comes before what their histories began with. */
async function waitsFirst(): Promise<void> {
  await sleep('1 day');
}

export const application = waitsFirst;
export const permit = waitsFirst;
export const cancellation = waitsFirst;
export const authorityChange = waitsFirst;
export const annulment = waitsFirst;
export const withdrawal = waitsFirst;
export const revocation = waitsFirst;
export const urging = waitsFirst;
export const registration = waitsFirst;
export const cleanUp = waitsFirst;
export const issue = waitsFirst;
export const calendarPublication = waitsFirst;
export const sampling = waitsFirst;
export const bulletin = waitsFirst;
export const qualityReview = waitsFirst;
export const sweep = waitsFirst;
export const selfCheck = waitsFirst;
