import { useStore } from 'zustand'
import type { RunStore } from '../../state/runStore.ts'
import { Banner } from '../../ui/Banner.tsx'
import { IconButton } from '../../ui/IconButton.tsx'

export type RunWorkBannerProps = { readonly store: RunStore }

/** What was asked of the run, and what was then seen of it. */
export function RunWorkBanner({ store }: RunWorkBannerProps) {
  const { work, dismiss } = useStore(store)
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
  return (
    <Banner
      tone={work.isObserved ? 'good' : 'warn'}
      icon={work.isObserved ? 'check' : 'clock'}
      actions={close}
    >
      {work.sentence}
    </Banner>
  )
}

const requestedWords = {
  'break the lock': 'Breaking the lock',
  archive: 'Archiving',
  'bring back': 'Bringing back',
  pause: 'Pause',
  cancel: 'Cancel',
  undo: 'Undo',
} as const
