// What the fields of a form and the form know of each other: names, errors, the attempt to send.
import { createContext, useContext, useId, useLayoutEffect } from 'react'

export interface FieldEntry {
  label: string
  /** Id of the element that takes the focus. */
  id: string
  /** Why the entry cannot be sent as it is. */
  error: string | undefined
}

export interface FormState {
  attempted: boolean
  register: (name: string, entry: FieldEntry) => void
  forget: (name: string) => void
  /** What the server said about a field. */
  said: (name: string) => string | undefined
}

export const FormContext = createContext<FormState | undefined>(undefined)

/**
 * Announces a field to its form. Its own error is shown once it has been left or sending was tried;
 * what the server said is shown at once.
 */
export function useField(
  name: string,
  label: string,
  own: { error: string | undefined; touched: boolean },
): { id: string; error: string | undefined } {
  const form = useContext(FormContext)
  const id = `field${useId()}`
  const { error } = own
  useLayoutEffect(() => {
    form?.register(name, { label, id, error })
    return () => form?.forget(name)
  }, [form, name, label, id, error])
  const visible = own.touched || form?.attempted ? error : undefined
  return { id, error: form?.said(name) ?? visible }
}
