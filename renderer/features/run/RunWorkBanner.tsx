import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { RunStore } from '../../state/runStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { isFocusFree } from '../../ui/isFocusFree.ts'

export type RunWorkBannerProps = { readonly store: RunStore; readonly detail: RunDetail }

/** What was asked of the run, and what was then seen of it. */
export function RunWorkBanner({ store, detail }: RunWorkBannerProps) {
  const { go } = useNavigation()
  const { work, dismiss } = useStore(store)
  const banner = useRef<HTMLOutputElement>(null)
  useEffect(() => {
    // What was pressed is gone with what it was about: whoever works by keyboard goes on here, and not at the page's top.
    if (work.kind === 'answered' && isFocusFree(document))
      banner.current?.querySelector('button')?.focus()
  }, [work])
  const close = <IconButton icon="close" label="Dismiss" size="s" onClick={dismiss} />
  if (work.kind === 'idle') return null
  if (work.kind === 'requested') {
    return (
      <Banner tone="busy" icon="clock">
        {requestedWords[work.what]} was requested; the journal is being read back.
      </Banner>
    )
  }
  if (work.kind === 'refused') {
    return (
      <Banner tone="bad" icon="alert" actions={close}>
        {work.error.message}
      </Banner>
    )
  }
  const isLeft = isDecision(work.what) && isToResume(detail)
  const resume = (
    <Button
      size="s"
      variant="primary"
      icon="play"
      onClick={() => go({ kind: 'resume', document: detail.ref.document, from: null, step: null })}
    >
      Resume…
    </Button>
  )
  return (
    <Banner
      ref={banner}
      tone={work.isObserved ? 'good' : 'warn'}
      icon={work.isObserved ? 'check' : 'clock'}
      actions={
        <>
          {isLeft && resume}
          {close}
        </>
      }
    >
      {work.sentence} {isLeft && 'Nobody carries the run: resume it, and it goes on from here.'}
    </Banner>
  )
}

function isDecision(what: string): boolean {
  return what === 'approve' || what === 'reject'
}

/** True for a run that has something left to do and nobody who does it. */
function isToResume({ liveness, run }: RunDetail): boolean {
  return liveness !== 'alive' && run !== null && !ended.has(run.status)
}

const ended: ReadonlySet<string> = new Set(['completed', 'cancelled'])

const requestedWords = {
  'break the lock': 'Breaking the lock',
  approve: 'The approval',
  reject: 'The rejection',
  retry: 'The next attempt',
  checkpoint: 'The checkpoint',
  archive: 'Archiving',
  'bring back': 'Bringing back',
  unlock: 'Opening',
  'lock again': 'Locking',
  annotate: 'Recording what is said of it',
  pause: 'Pause',
  cancel: 'Cancel',
  undo: 'Undo',
} as const
