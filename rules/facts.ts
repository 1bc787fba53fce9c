/** The procedures of a permit's life that the rules speak of. */
export type Procedure =
  | 'first'
  | 'reapplication'
  | 'renewal'
  | 'change'
  | 'replacement'
  | 'authorityChange'
  | 'cancellation'
  | 'annulment'
  | 'withdrawal'
  | 'revocation'
  | 'urging'
  | 'registration'
  | 'cleanUp'
  | 'issue'
  | 'sampling'
  | 'bulletin'
  | 'qualityReview'
  | 'sweep'
  | 'selfCheck';

/** The class of management that a permit falls under. */
export type PermitClass = 'key' | 'simplified';

/** Why something is applied for (REG 14, 15): what is new, altered or moved. */
export type Cause =
  | 'newProject'
  | 'alteration'
  | 'expansion'
  | 'technicalRenovation'
  | 'siteChanged'
  | 'outfallMoved'
  | 'dischargeModeChanged'
  | 'destinationChanged'
  | 'outletsAdded'
  | 'pollutantsAdded'
  | 'quantityIncreased'
  | 'concentrationIncreased';

/** What is known of the project, as far as gates, files and visits depend on it. */
export interface ProjectFacts {
  /** New, altered or expanded (新建、改建、扩建), or technically renovated. */
  readonly newOrAltered: boolean;
  /** Discharges pollutants under total-quantity control. */
  readonly controlledPollutants: boolean;
  readonly sewageWorks: boolean;
  /** Holds, or needs, a decision on a river outfall. */
  readonly riverOutfall: boolean;
  /** Lies in an area with special-period limits or emergency reductions. */
  readonly specialPeriods: boolean;
  /** A key soil unit, or one with groundwater or new-pollutant duties. */
  readonly soilOrNewPollutants: boolean;
}

/** What an application is about. */
export interface ApplicationFacts {
  readonly procedure: Procedure;
  readonly permitClass: PermitClass;
  readonly causes: readonly Cause[];
  readonly project: ProjectFacts;
  /** A change of nothing but basic data (REG 14): name, registered address, legal representative, principal. */
  readonly basicDataOnly?: boolean;
}

/** When a rule applies: every part that is given must hold. An empty condition always holds. */
export interface Condition {
  readonly procedures?: readonly Procedure[];
  readonly permitClass?: PermitClass;
  /** At least one of these causes. */
  readonly causes?: readonly Cause[];
  /** All of these facts are true. */
  readonly project?: readonly (keyof ProjectFacts)[];
  /** `false`: not where nothing but basic data change. */
  readonly basicDataOnly?: boolean;
}

/** Whether a condition holds for an application. */
export function holds(condition: Condition, facts: ApplicationFacts): boolean {
  return (
    (condition.procedures?.includes(facts.procedure) ?? true) &&
    (condition.permitClass ?? facts.permitClass) === facts.permitClass &&
    (condition.causes?.some((cause) => facts.causes.includes(cause)) ?? true) &&
    (condition.project?.every((fact) => facts.project[fact]) ?? true) &&
    (condition.basicDataOnly ?? facts.basicDataOnly ?? false) === (facts.basicDataOnly ?? false)
  );
}
