import type { PermitContent } from '../../content/permit.js';
import { norm } from '../basis.js';
import { entryOf } from '../reference/entryOf.js';
import { facilityKinds, normsByLine } from '../reference/norms.js';
import { both, type Found, nothing, place, type Rule, say } from '../rule.js';

/** The facilities of a kind whose outlet a norm lists as main, with their outlets of that medium. */
function mainFacilities(permit: PermitContent) {
  return permit.facilities.flatMap((facility, index) => {
    const kind = entryOf(facilityKinds, facility.kind);
    const main = kind?.mainOutlet;
    if (kind === undefined || main === undefined || facility.noDischarge === true) return [];
    const outlets = permit.outlets
      .map((outlet, at) => ({ outlet, at }))
      .filter(({ outlet }) => outlet.medium === main.medium && facility.outlets.includes(outlet.id));
    return [{ facility, index, kind, main, outlets }];
  });
}

/** PQ-11 to PQ-13: technical norms and the outlets that they make main ones. */
export const normRules: readonly Rule<PermitContent>[] = [
  {
    id: 'PQ-11',
    basis: norm('HJ 1299-2023'),
    reads: ['permit.norms', 'lines[].industry', 'lines[].steps'],
    condition: say(
      '所附技术规范少于各生产线应适用的规范',
      'a technical norm that a line needs is not attached',
    ),
    category: 'normsMissing',
    severity: 1,
    test: 'complete',
    remedy: 'reapplication',
    suspicion: false,
    standing: 'seen',
    find: (permit) =>
      permit.lines.flatMap((line, index) =>
        normsByLine
          .filter(
            ({ industry, step }) =>
              industry.test(line.industry) &&
              (step === undefined || line.steps.some((each) => step.test(each))),
          )
          .flatMap(({ norms }) => norms)
          .filter((each) => !permit.permit.norms.includes(each))
          .map((missing): Found => ({
            at: place('lines', index),
            expected: say(
              `生产线“${line.name}”适用 ${missing}`,
              `line “${line.name}” falls under ${missing}`,
            ),
            found: permit.permit.norms.length === 0 ? nothing : both(permit.permit.norms.join('、')),
            act: `norm:${missing}`,
          })),
      ),
  },
  {
    id: 'PQ-12',
    basis: norm('HJ 942-2018'),
    reads: ['facilities[].kind', 'facilities[].outlets', 'outlets'],
    condition: say(
      '规范列为主要排放口的设施没有对应排放口',
      'a facility whose outlet the norm lists as main has none',
    ),
    category: 'mainOutletMissing',
    severity: 1,
    test: 'complete',
    remedy: 'reapplication',
    suspicion: true,
    standing: 'recalled',
    find: (permit) =>
      mainFacilities(permit)
        .filter(({ outlets }) => outlets.length === 0)
        .map(({ facility, index, kind, main }): Found => ({
          at: place('facilities', index, 'outlets'),
          expected: say(
            `${kind.zh}的主要排放口（${main.norm}）`,
            `a main outlet of the ${kind.en} (${main.norm})`,
          ),
          found: nothing,
          act: `outletOf:${facility.id}`,
        })),
  },
  {
    id: 'PQ-13',
    basis: norm('HJ 942-2018'),
    reads: ['facilities[].kind', 'outlets[].type'],
    condition: say(
      '规范列为主要的排放口填为一般或其他',
      'an outlet that the norm lists as main is typed otherwise',
    ),
    category: 'outletType',
    severity: 1,
    test: 'conforming',
    remedy: 'change',
    suspicion: false,
    standing: 'recalled',
    find: (permit) =>
      mainFacilities(permit).flatMap(({ kind, main, outlets }) =>
        outlets.every(({ outlet }) => outlet.type !== 'main')
          ? outlets.map(({ outlet, at }): Found => ({
              at: place('outlets', at, 'type'),
              expected: say(
                `主要排放口（${kind.zh}，${main.norm}）`,
                `main outlet (${kind.en}, ${main.norm})`,
              ),
              found:
                outlet.type === 'general'
                  ? say('一般排放口', 'general outlet')
                  : say('其他排放口', 'other outlet'),
              act: `outletType:${outlet.id}`,
            }))
          : [],
      ),
  },
];
