// Whether the person may change sellers, teams and memberships.
import { useLookingBack } from '../../../web/address.tsx'
import { useOrganisation } from '../../../web/organisation.ts'

/** Buttons that would be refused are not shown, and none while figures are told as of an earlier day. */
export function useMayManage(): boolean {
  const lookingBack = useLookingBack()
  return (useOrganisation().data?.me.roles.includes('admin') ?? false) && !lookingBack
}
