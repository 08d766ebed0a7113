// One entry: what waits as a link, why it stands here, what is at risk, and what can be done with it.
import { Button } from '@mantine/core'
import { ScreenLink } from '../../../web/address.tsx'
import { daysAfter } from '../../../web/format-period.ts'
import { useFormat, useTexts } from '../../../web/language.ts'
import { Menu, MenuItem } from '../../../web/ui/menu.tsx'
import { todayTexts } from '../texts.ts'
import { type List, type Row, whatWords, whyWords } from './entry-words.ts'

interface EntryLineProps {
  row: Row
  list: List
  deed: () => void
  /** Without a day: it is asked for. */
  putOff: (until?: string) => void
  wake: () => void
}

/** What the key is called by what it does. */
const deedWords = {
  'complete-activity': 'done',
  'plan-step': 'step',
  'check-in': 'check_in',
} as const

export function EntryLine({ row, list, deed, putOff, wake }: EntryLineProps) {
  const t = useTexts(todayTexts)
  const format = useFormat()
  const { today, currency, nextWorkingDay } = list
  const name = whatWords(t, format, row)
  const deedKey = row.deed ? deedWords[row.deed.do] : 'done'
  return (
    <li data-entry={row.key}>
      <span className="today-what">
        <ScreenLink to={row.link.path} search={row.link.search ?? {}}>
          {name}
        </ScreenLink>
        <span className="k-muted">
          {row.snoozed
            ? t('put_off_until', { day: format.date(row.snoozed.until) })
            : whyWords(t, format, { row, today, currency })}
        </span>
      </span>
      <span className="today-risk">
        {row.expected !== null && row.expected > 0 && (
          <>
            <b>{format.money(row.expected, currency, { digits: 'whole' })}</b>
            <span className="k-muted">
              {currency} {t('at_risk')}
            </span>
          </>
        )}
      </span>
      <span className="today-acts k-no-print">
        {row.snoozed ? (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={t('wake_of', { name })}
            onClick={wake}
          >
            {t('wake')}
          </Button>
        ) : (
          <>
            {row.deed && (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t(`${deedKey}_of`, { name })}
                onClick={deed}
              >
                {t(deedKey)}
              </Button>
            )}
            <Menu
              place="end"
              width={260}
              button={(opens) => (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={t('snooze_of', { name })}
                  {...opens}
                >
                  {t('snooze')}
                </Button>
              )}
            >
              <MenuItem onClick={() => putOff(nextWorkingDay)} right={<kbd>s</kbd>}>
                {t('snooze_next', { day: format.date(nextWorkingDay) })}
              </MenuItem>
              <MenuItem onClick={() => putOff(daysAfter(today, 7))}>
                {t('snooze_week', { day: format.shortDate(daysAfter(today, 7)) })}
              </MenuItem>
              <MenuItem onClick={() => putOff(daysAfter(today, 28))}>
                {t('snooze_month', { day: format.shortDate(daysAfter(today, 28)) })}
              </MenuItem>
              <MenuItem onClick={() => putOff()}>{t('snooze_choose')}</MenuItem>
            </Menu>
          </>
        )}
      </span>
    </li>
  )
}
