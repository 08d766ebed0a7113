// The calendar feed: an address made, shown once, copied, replaced or taken back.
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useFormat, useTexts } from '../../../web/language.ts'
import { asProblem } from '../../../web/problem.ts'
import { useChange, useOperation } from '../../../web/queries.ts'
import { ConfirmByName } from '../../../web/ui/confirm-by-name.tsx'
import { Drawer } from '../../../web/ui/drawer.tsx'
import { Answered } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { todayTexts } from '../texts.ts'

export function FeedDrawer({ close }: { close: () => void }) {
  const t = useTexts(todayTexts)
  const format = useFormat()
  const query = useOperation('today.feed', {})
  const make = useChange('today.create-feed')
  const revoke = useChange('today.revoke-feed')
  const [address, setAddress] = useState<string>()
  const [asking, setAsking] = useState(false)
  const begin = () =>
    make
      .run({})
      .then(({ path }) => setAddress(`${location.origin}${path}`))
      .catch((thrown: unknown) => toast.problem(asProblem(thrown)))
  const takeBack = () =>
    revoke
      .run({})
      .then(() => {
        setAddress(undefined)
        setAsking(false)
        toast.done(t('feed_revoked'))
      })
      .catch((thrown: unknown) => toast.problem(asProblem(thrown)))
  return (
    <Drawer title={t('feed_title')} note={t('feed_note')} close={close} print={false}>
      <Answered query={query} shape="panel">
        {({ feed, sells }) => (
          <div className="today-feed">
            {!sells && <p>{t('feed_not_selling')}</p>}
            {address !== undefined ? (
              <NewAddress address={address} />
            ) : (
              <p>{feed ? t('feed_since', { day: format.date(feed.madeOn) }) : t('feed_none')}</p>
            )}
            <div className="today-feed-acts">
              {address === undefined && (
                <Button loading={make.busy} disabled={!sells} onClick={() => void begin()}>
                  {t(feed ? 'feed_make_new' : 'feed_make')}
                </Button>
              )}
              {feed && (
                <Button variant="default" onClick={() => setAsking(true)}>
                  {t('feed_revoke')}
                </Button>
              )}
            </div>
            {feed && address === undefined && <p className="k-muted">{t('feed_replace')}</p>}
          </div>
        )}
      </Answered>
      {asking && (
        <ConfirmByName
          open
          title={t('feed_revoke_title')}
          name={t('feed')}
          consequence={t('feed_revoke_consequence')}
          action={t('feed_revoke')}
          busy={revoke.busy}
          onConfirm={() => void takeBack()}
          close={() => setAsking(false)}
        />
      )}
    </Drawer>
  )
}

function NewAddress({ address }: { address: string }) {
  const t = useTexts(todayTexts)
  const copy = () =>
    navigator.clipboard
      .writeText(address)
      .then(() => toast.done(t('copied')))
      // Without leave to write the clipboard the address still can be chosen by hand.
      .catch(() => undefined)
  return (
    <>
      <label className="today-address">
        <span>{t('feed_address')}</span>
        <input readOnly value={address} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <Button variant="default" onClick={() => void copy()}>
        {t('copy')}
      </Button>
      <p>{t('feed_once')}</p>
      <p className="k-muted">{t('feed_reach')}</p>
    </>
  )
}
