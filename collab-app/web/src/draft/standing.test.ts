import { ApiProblem, type ConnectionStatus } from '@ringdraft/client';
import { expect, it } from 'vitest';
import { standingOf } from './standing';

const problem = (code: string): ApiProblem => new ApiProblem({ status: 0, code, title: '', detail: '' });

it.each([
  ['ws', null, 'live'],
  ['polling', null, 'syncing'],
  ['offline', 'offline', 'offline'],
  ['offline', 'network', 'serverAway'],
  ['offline', 'unavailable', 'serverAway'],
  ['offline', 'credentials_unavailable', 'signedOut'],
  ['offline', 'unauthenticated', 'signedOut'],
  ['offline', 'not_found', 'removed'],
  ['offline', 'forbidden', 'removed'],
] as const)('%s with the problem %s is %s', (status: ConnectionStatus, code, standing) => {
  expect(standingOf({ status, problem: code === null ? null : problem(code) })).toBe(standing);
});
