import { useStore } from 'zustand'
import { assertNever } from '../../../shared/assert.ts'
import type { ImportStage } from '../../state/bundleImportStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { BundleFile } from './BundleFile.tsx'
import { ChooseWorkspace } from './ChooseWorkspace.tsx'
import { ImportOutcome } from './ImportOutcome.tsx'
import { ImportPreview } from './ImportPreview.tsx'
import { Unlock } from './Unlock.tsx'

export type ImportStageViewProps = { readonly stage: ImportStage }

export function ImportStageView({ stage }: ImportStageViewProps) {
  const { left, into, leaveOut, pick, choose, unlock, ask, askInto } = useStore(
    useStores().bundleImport,
  )
  switch (stage.kind) {
    case 'closed':
      return null
    case 'asking':
      return <BundleFile onPick={(file) => void pick(file)} />
    case 'choosing':
      return <ChooseWorkspace onChoose={(path) => void choose(path)} />
    case 'sending':
      return <ProgressBar label="Sending the bundle" done={stage.sent} total={stage.total} />
    case 'reading':
      return <ProgressBar label="Looking at every file of it" done={0} total={0} />
    case 'locked':
      return <Unlock wrong={stage.wrong} onUnlock={(passphrase) => void unlock(passphrase)} />
    case 'plan':
      return <ImportPreview {...stage} left={left} onLeave={leaveOut} />
    case 'making':
      return <ProgressBar label="Importing" done={stage.done} total={stage.total} />
    case 'done':
      return <ImportOutcome rows={stage.rows} />
    case 'failed':
      return (
        <ErrorPanel error={stage.error} onRetry={() => (into === null ? ask() : askInto(null))} />
      )
    default:
      return assertNever(stage)
  }
}
