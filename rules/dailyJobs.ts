/** What is done once a legal day, and from which time of day on, Asia/Shanghai: the one list that the watch reads too. */
export const dailyJobs = {
  /** On working days before anything else; on a day off the job runs and sends nothing. */
  digest: '08:30',
  /** Late in the day, so that an anchor holds what was done on it. */
  ledgerAnchor: '23:30',
  /** At night: on the region's day of the year the review goes through every holder, on all others there is nothing to begin. */
  classReview: '03:00',
  /** Likewise for the self-checks of the year. */
  selfCheck: '04:00',
  /** At night, when few sessions end. */
  expiredSessions: '02:00',
} as const satisfies Record<string, string>;

/** How often the watch looks, and after what time without a look it counts as missed. Of the wall clock, in minutes. */
export const watchEvery = { minutes: 5, missedAfter: 30 } as const;
