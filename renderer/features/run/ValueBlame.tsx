import { useState } from 'react'
import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import { createBlameStore, type BlameTarget } from '../../state/blameStore.ts'
import { makeRef } from '../../state/makeRef.ts'
import { maskedBlame } from '../../state/maskedBlame.ts'
import { useMask } from '../../state/useMask.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { BlameLine } from '../../ui/BlameLine.tsx'
import { Button } from '../../ui/Button.tsx'

export type ValueBlameProps = { readonly pointer: string }

/** Which record last changed the value that is selected; the journal is read for it only when somebody asks. */
export function ValueBlame({ pointer }: ValueBlameProps) {
  const workspace = useWorkspace()
  const { route } = useNavigation()
  const [asked, setAsked] = useState<string | null>(null)
  if (workspace === null || route.kind !== 'run' || route.format !== 'unstuck') return null
  const ref = makeRef(workspace.id, route.document, route.format)
  const target = { ref, checkpoint: route.checkpoint, pointer }
  const key = JSON.stringify(target)
  if (asked === key) return <Asked key={key} target={target} />
  return (
    <div>
      <Button size="s" variant="quiet" icon="history" onClick={() => setAsked(key)}>
        What changed this value?
      </Button>
    </div>
  )
}

function Asked({ target }: { readonly target: BlameTarget }) {
  const client = useClient()
  const store = usePageStore(JSON.stringify(target), () => createBlameStore(client, target))
  const { blame, readMore, retry } = useStore(store)
  const mask = useMask()
  return (
    <BlameLine
      blame={maskedBlame(mask, target.pointer, blame)}
      onMore={() => void readMore()}
      onRetry={() => void retry()}
    />
  )
}
