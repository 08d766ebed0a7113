// The name of a customer, product or seller: offers the names there are, takes one that is new.
import { useNames } from '../names.ts'
import { NameField, type NameFieldProps } from './name-field.tsx'

interface RecordNameFieldProps extends Omit<NameFieldProps, 'names'> {
  of: Parameters<typeof useNames>[0]
}

export function RecordNameField({ of, ...props }: RecordNameFieldProps) {
  return <NameField {...props} names={useNames(of, props.value)} />
}
