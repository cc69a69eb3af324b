import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { lockedBundle } from '../../state/workspaceStore.ts'
import { UnlockPage } from './UnlockPage.tsx'

export type LockGateProps = { readonly children: ReactNode }

/** Nothing of the application is shown over an encrypted bundle until it is open. */
export function LockGate({ children }: LockGateProps) {
  const locked = useStore(useStores().workspace, lockedBundle)
  return locked === null ? children : <UnlockPage name={locked} />
}
