import { type LookupFunction, BlockList, isIP } from 'node:net';
import { lookup } from 'node:dns';
import { DomainError } from '../rules/errors.js';

/** Where webhooks may go. */
export interface TargetRules {
  /** Also to private networks and to this machine, and by plain http. */
  readonly privateTargets: boolean;
}

/** Networks that are nobody's on the public internet: this machine, private, link-local, shared, documentation, multicast. */
const notPublic = new BlockList();
for (const [network, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
  ] as const),
  ...([
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ] as const),
] as const)
  notPublic.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ...([
    ['::', 128],
    ['::1', 128],
    ['64:ff9b::', 96],
    ['100::', 64],
    ['2001:db8::', 32],
  ] as const),
  ...([
    ['fc00::', 7],
    ['fe80::', 10],
    ['ff00::', 8],
  ] as const),
] as const)
  notPublic.addSubnet(network, bits, 'ipv6');

/** Whether an address is one of the public internet. An IPv4 address in IPv6 clothes is judged as what it is. */
export function isPublic(address: string): boolean {
  const inside = /^(?:::ffff:)(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const family = isIP(inside);
  if (family === 0) return false;
  // The hexadecimal spelling of the same clothes, and anything else that maps: none of it is a public address.
  if (family === 6 && /^::(ffff:)?[\da-f]+:[\da-f]+$/i.test(inside)) return false;
  return !notPublic.check(inside, family === 6 ? 'ipv6' : 'ipv4');
}

/** The target, if it may be one. Throws `input.invalid`. A name is judged by its addresses, at each connection. */
export function targetOf(url: string, { privateTargets }: TargetRules): URL {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  const expected = privateTargets
    ? 'http or https, without a user'
    : 'https to a public address, without a user';
  const allowed = privateTargets
    ? ['http:', 'https:'].includes(target.protocol)
    : target.protocol === 'https:' && host !== 'localhost' && (isIP(host) === 0 || isPublic(host));
  if (!allowed || target.username !== '' || target.password !== '')
    throw new DomainError('input.invalid', { what: 'webhooks do not go there', where: 'body.url', expected });
  return target;
}

/**
 * Resolves a name for one connection and refuses it where any of its addresses is not public: judged here, and not before, a
 * name can not point elsewhere between the check and the connection.
 */
export const guardedLookup = ({ privateTargets }: TargetRules): LookupFunction | undefined =>
  privateTargets
    ? undefined
    : (name, options, done) => {
        lookup(name, { ...options, all: true }, (error, addresses) => {
          if (error !== null) done(error, '');
          else if (!addresses.every(({ address }) => isPublic(address)))
            done(Object.assign(new Error('not a public address'), { code: 'EPRIVATE' }), '');
          else if (options.all === true) done(null, addresses);
          else done(null, addresses[0]?.address ?? '', addresses[0]?.family);
        });
      };
