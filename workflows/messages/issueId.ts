import type { CaseId } from './caseId.js';

/** What makes a tier's finding the same when its step is tried again, or its campaign finds it twice. */
export interface FoundInCampaign {
  readonly tier: string;
  readonly campaign: string;
  readonly permitNo: string;
  /** The rule or item that is broken, and where. */
  readonly subject: string;
  readonly place: string;
}

/** The id of a tier's finding. Whoever computes it again finds the same issue. */
export function issueCaseId({ tier, campaign, permitNo, subject, place }: FoundInCampaign): CaseId {
  return `issue/${tier}-${permitNo}-${digest(JSON.stringify([campaign, subject, place]))}`;
}

/** 64 bits of a text in hex, FNV-1a: enough to tell the findings about one permit apart, and the same in every sandbox. */
function digest(text: string): string {
  const prime = 0x100000001b3n;
  let hash = 0xcbf29ce484222325n;
  for (const unit of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(unit)) * prime);
  return hash.toString(16).padStart(16, '0');
}
