// Moving a deal to a stage, wherever it is done from: at once, or after the reason where it is lost.
import { useState } from 'react'
import type { Answer } from '../../../web/client.ts'
import { useTexts } from '../../../web/language.ts'
import { useOrganisationDay } from '../../../web/organisation.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Form } from '../../../web/ui/form.tsx'
import { DateField } from '../../../web/ui/form-inputs.tsx'
import { NameField } from '../../../web/ui/name-field.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { dealsTexts } from '../texts.ts'
import { boardTexts } from '../texts-board.ts'
import type { Stage } from './deal-values.ts'

/** What has to be known of a deal to move it. */
export type Movable = Pick<
  Answer<'deals.list'>['rows'][number],
  'id' | 'version' | 'customer' | 'stage'
>

interface Moving {
  /** Moves at once, or opens the drawer that asks for the reason. */
  move: (deal: Movable, stage: Stage) => void
  busy: boolean
  /** The drawer, to be put on the page. */
  asking: React.ReactNode
}

export function useMove(moved?: (deal: Movable, stage: Stage) => void): Moving {
  const t = useTexts(boardTexts)
  const names = useTexts(dealsTexts)
  const change = useChange('deals.move')
  const undo = useChange('changes.undo')
  const [losing, setLosing] = useState<{ deal: Movable; stage: Stage }>()
  const send = async (
    deal: Movable,
    stage: Stage,
    given: { closedOn?: string; lostReason?: { name: string } } = {},
  ) => {
    const written = await change.run(
      { id: deal.id, stageId: stage.id, ...given },
      { version: deal.version },
    )
    const customer = deal.customer?.name ?? names('unnamed')
    toast.undo(t('moved', { customer, stage: stage.name }), () =>
      undo.run({ id: written.changeId }),
    )
    moved?.(deal, stage)
  }
  return {
    busy: change.busy,
    move: (deal, stage) => {
      if (stage.id === deal.stage.id) return
      if (stage.outcome === 'lost') setLosing({ deal, stage })
      else void send(deal, stage).catch((thrown) => toast.problem(asProblem(thrown)))
    },
    asking: losing && (
      <LostDrawer
        deal={losing.deal}
        busy={change.busy}
        problem={change.problem}
        close={() => setLosing(undefined)}
        save={(given) =>
          void send(losing.deal, losing.stage, given)
            .then(() => setLosing(undefined))
            .catch(() => undefined)
        }
      />
    ),
  }
}

function LostDrawer(props: {
  deal: Movable
  busy: boolean
  problem: ReturnType<typeof useChange<'deals.move'>>['problem']
  close: () => void
  save: (given: { closedOn?: string; lostReason?: { name: string } }) => void
}) {
  const t = useTexts(boardTexts)
  const names = useTexts(dealsTexts)
  const today = useOrganisationDay() ?? ''
  const reasons = useOperation('lost-reasons.list', {})
  const [reason, setReason] = useState('')
  const [day, setDay] = useState<string | undefined>(today)
  const why = reason.trim()
  return (
    <Drawer
      title={t('lost_title', { customer: props.deal.customer?.name ?? names('unnamed') })}
      close={props.close}
      print={false}
    >
      <Form
        submitLabel={t('lost_save')}
        busy={props.busy}
        problem={props.problem}
        cancel={props.close}
        onSubmit={() =>
          props.save({
            ...(day === undefined ? {} : { closedOn: day }),
            ...(why === '' ? {} : { lostReason: { name: why } }),
          })
        }
      >
        <NameField
          name="lostReason"
          label={t('lost_why')}
          value={reason}
          onChange={setReason}
          names={(reasons.data?.rows ?? []).map((row) => row.name)}
          autoFocus
        />
        <DateField
          name="closedOn"
          label={t('lost_on')}
          today={today}
          value={day}
          onChange={setDay}
          required
        />
      </Form>
    </Drawer>
  )
}
