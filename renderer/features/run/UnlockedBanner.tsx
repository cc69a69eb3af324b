import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { RunStore } from '../../state/runStore.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { isFocusFree } from '../../ui/isFocusFree.ts'

export type UnlockedBannerProps = { readonly store: RunStore }

/** An encrypted archived run that is open for now. */
export function UnlockedBanner({ store }: UnlockedBannerProps) {
  const { work, lockAgain } = useStore(store)
  const banner = useRef<HTMLOutputElement>(null)
  useEffect(() => {
    // What was pressed to open it is gone: whoever works by keyboard goes on here.
    if (isFocusFree(document)) banner.current?.querySelector('button')?.focus()
  }, [])
  return (
    <Banner
      ref={banner}
      tone="warn"
      icon="unlock"
      actions={
        <Button
          size="s"
          icon="lock"
          busy={work.kind === 'requested' && work.what === 'lock again'}
          onClick={() => void lockAgain()}
        >
          Lock again
        </Button>
      }
    >
      Encrypted in the archive. It is open to be read by everyone at this host, in memory only, for
      an hour at most: until it is locked again or the host ends.
    </Banner>
  )
}
