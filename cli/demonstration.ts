import { eq } from 'drizzle-orm';
import { createAccount } from '../api/accounts.js';
import type { AuthOptions } from '../api/auth.js';
import { elementRoles, type Grant, type Role } from '../api/policy.js';
import type { Database } from '../db/database.js';
import { ofUser } from '../db/queries/contacts.js';
import { contacts, units, users } from '../db/schema/index.js';

/** The demonstration's one password. It opens nothing but the demonstration: no other account is made without a person. */
export const demonstrationPassword = 'yizheng-demo';

interface Person {
  readonly username: string;
  readonly name: string;
  readonly grants: readonly Grant[];
}

const person = (username: string, name: string, organ: string, ...held: readonly Role[]): Person => ({
  ...{ username, name },
  grants: held.map((role) => ({ role, organ })),
});

/** The people of the demonstration region's two kinds of city, from the desk to the three administrators. */
export const people: readonly Person[] = [
  person('desk', '窗口 · acceptance desk', 'yunchuan', 'acceptance'),
  person('officer', '承办人 · drafting officer', 'yunchuan', 'officer'),
  person('water', '水 · water', 'yunchuan', 'element.water'),
  person('air', '大气 · air', 'yunchuan', 'element.air'),
  person('soil', '土壤 · soil', 'yunchuan', 'element.soil'),
  person('waste', '固废 · solid waste', 'yunchuan', 'element.solidWaste'),
  person('noise', '噪声 · noise', 'yunchuan', 'element.noise'),
  person('monitoring', '监测 · self-monitoring', 'yunchuan', 'element.selfMonitoring'),
  person('verification', '核查 · verification', 'yunchuan', 'verification'),
  person('head', '科长 · section head', 'yunchuan', 'sectionHead'),
  person('legal', '法制 · legal officer', 'yunchuan', 'legalOfficer'),
  person('deputy', '分管局长 · deputy head', 'yunchuan', 'deputyHead'),
  person('chief', '局长 · head', 'yunchuan', 'organHead'),
  person('seal', '用印 · seal keeper', 'yunchuan', 'sealKeeper'),
  person('enforcement', '执法 · enforcement', 'yunchuan', 'enforcement'),
  person('approval', '澜江审批局窗口 · Lanjiang desk', 'lanjiang.approval', 'acceptance', 'officer'),
  person('approval.head', '澜江审批局科长 · Lanjiang section head', 'lanjiang.approval', 'sectionHead'),
  person('approval.legal', '澜江审批局法制 · Lanjiang legal officer', 'lanjiang.approval', 'legalOfficer'),
  person('approval.deputy', '澜江审批局分管局长 · Lanjiang deputy head', 'lanjiang.approval', 'deputyHead'),
  person('approval.chief', '澜江审批局局长 · Lanjiang head', 'lanjiang.approval', 'organHead'),
  person('approval.seal', '澜江审批局用印 · Lanjiang seal keeper', 'lanjiang.approval', 'sealKeeper'),
  person('ecology', '澜江生态环境局六要素 · Lanjiang six elements', 'lanjiang.ecology', ...elementRoles),
  person(
    'ecology.verification',
    '澜江生态环境局核查 · Lanjiang verification',
    'lanjiang.ecology',
    'verification',
  ),
  person(
    'ecology.head',
    '澜江生态环境局科长 · Lanjiang ecology section head',
    'lanjiang.ecology',
    'sectionHead',
  ),
  person(
    'ecology.deputy',
    '澜江生态环境局分管局长 · Lanjiang ecology deputy head',
    'lanjiang.ecology',
    'deputyHead',
  ),
  person(
    'ecology.enforcement',
    '澜江生态环境局执法 · Lanjiang enforcement',
    'lanjiang.ecology',
    'enforcement',
  ),
  person('steel', '示范钢铁 · enterprise', 'unit:steel', 'applicant'),
  person('paper', '示范造纸 · enterprise', 'unit:paper', 'applicant'),
  person('system', '系统管理员 · system administrator', '*', 'systemAdministrator'),
  person('security', '安全管理员 · security administrator', '*', 'securityAdministrator'),
  person('audit', '审计管理员 · audit administrator', '*', 'auditAdministrator'),
];

const enterprises = [
  {
    id: 'steel',
    creditCode: '91990100MA0STEEL01',
    name: '示范钢铁有限公司',
    area: '990100',
    contact: 'steel@example.test',
  },
  {
    id: 'paper',
    creditCode: '91990200MA0PAPER01',
    name: '示范造纸有限公司',
    area: '990221',
    contact: 'paper@example.test',
  },
];

/** Seeds the demonstration region's units and accounts. What is there stays. */
export async function seedDemonstration(db: Database, auth: AuthOptions): Promise<void> {
  await db.insert(units).values(enterprises).onConflictDoNothing();
  for (const { username, name, grants } of people) {
    const [known] = await db.select({ id: users.id }).from(users).where(eq(users.username, username));
    if (known !== undefined) continue;
    const id = await createAccount(db, auth, { username, name, password: demonstrationPassword, grants });
    // An address that no mail server outside delivers to.
    const contact = { owner: ofUser(id), ordinal: 1, name, mail: `${username}@example.test`, phone: null };
    await db.insert(contacts).values(contact).onConflictDoNothing();
  }
}
