// Whether the person may change sellers, teams and memberships.
import { useOrganisation } from '../../../web/organisation.ts'

/** Buttons that would be refused are not shown. */
export function useMayManage(): boolean {
  return useOrganisation().data?.me.roles.includes('admin') ?? false
}
