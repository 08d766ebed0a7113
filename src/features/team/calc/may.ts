// Who may do what: the one decision, pure, from roles and the policy written in the contract.
import type { Policy, Reach, Role } from '../../../basics/contract.ts'

const widest: readonly Reach[] = ['all', 'team', 'own']

/**
 * How far a person with these roles reaches in an operation with this policy; `none` = may not call it.
 * With several roles the widest reach counts.
 */
export function may(roles: readonly Role[], policy: Policy): Reach | 'none' {
  const reaches = new Set(roles.map((role) => policy[role]))
  return widest.find((reach) => reaches.has(reach)) ?? 'none'
}
