import { useEffect } from 'react'
import type { Ref } from '../../../shared/contract/call.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createStateTreeStore } from '../../state/stateTreeStore.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { StateBrowser } from './StateBrowser.tsx'

export type CheckpointStateProps = {
  readonly reference: Ref
  readonly checkpoint: string | null
}

/** The state at the chosen checkpoint; what was opened in it stays open at the next one. */
export function CheckpointState({ reference, checkpoint }: CheckpointStateProps) {
  const client = useClient()
  const tree = usePageStore(reference.document, () =>
    createStateTreeStore(client, { ref: reference, checkpoint }),
  )
  useEffect(() => {
    void tree.getState().show(checkpoint)
  }, [tree, checkpoint])
  return <StateBrowser store={tree} />
}
