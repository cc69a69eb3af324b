import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { RunStore } from '../../state/runStore.ts'
import { exportActions } from '../../state/exportActions.ts'
import type { ExportSubject } from '../../state/exportStore.ts'
import { isNative } from '../../state/makeRef.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { useOffers } from '../../state/useOffers.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { AnnotateDialog } from './AnnotateDialog.tsx'
import { ArchiveDialog } from './ArchiveDialog.tsx'
import { CancelDialog } from './CancelDialog.tsx'
import { CheckpointDialog } from './CheckpointDialog.tsx'
import { runActions, type RunAction, type RunRequest } from './runActions.ts'

export type RunActionsProps = { readonly detail: RunDetail; readonly store: RunStore }

type Asks = 'annotate' | 'archive' | 'cancel' | 'checkpoint'

/** One safe action, and the others in a menu. What cannot be done says why. */
export function RunActions({ detail, store }: RunActionsProps) {
  const { go } = useNavigation()
  const workspace = useWorkspace()
  const stores = useStores()
  const { work, pause, bringBack } = useStore(store)
  const [asks, setAsks] = useState<Asks | null>(null)
  const readOnly =
    workspace?.writable === false
      ? (workspace.readOnlyReason ?? 'The workspace is read-only.')
      : null
  const isBundle = (workspace?.bundle ?? null) !== null
  const [first, ...others] = runActions(detail, readOnly, { isBundle })
  const begin = (request: RunRequest) => {
    if (request === 'pause') void pause()
    else if (request === 'bring back') void bringBack()
    else if (request === 'export') exportActions(stores).begin(subjectOf(detail))
    else if (request === 'take') stores.bundleImport.getState().askInto(detail.ref.document)
    else setAsks(request)
  }
  const choose = ({ leads }: RunAction) => (typeof leads === 'string' ? begin(leads) : go(leads))
  const whyNot = ({ disabled }: RunAction) => disabled ?? whileAsking(work.kind)
  useOffers(() =>
    [...(first === undefined ? [] : [first]), ...others].map((action) => ({
      kind: 'action',
      id: offerId(action),
      title: action.label,
      note: detail.run?.id ?? detail.ref.document,
      disabled: whyNot(action),
      run: () => choose(action),
    })),
  )
  const dialog = (which: Asks) => ({ store, open: asks === which, onClose: () => setAsks(null) })
  return (
    <>
      {first && (
        <Button
          icon={first.icon}
          busy={work.kind === 'requested' && work.what === first.leads}
          disabled={first.disabled !== null}
          title={first.disabled ?? undefined}
          onClick={() => choose(first)}
        >
          {first.label}
        </Button>
      )}
      <Menu
        label="More actions"
        icon="dots"
        items={others.map((action) => ({
          id: action.label,
          label: action.label,
          icon: action.icon,
          isDanger: action.leads === 'cancel',
          disabled: whyNot(action),
          onChoose: () => choose(action),
        }))}
      />
      {detail.run && (
        <AnnotateDialog
          key={String(asks === 'annotate')}
          annotations={detail.run.annotations}
          {...dialog('annotate')}
        />
      )}
      <ArchiveDialog detail={detail} {...dialog('archive')} />
      <CancelDialog {...dialog('cancel')} />
      <CheckpointDialog {...dialog('checkpoint')} />
    </>
  )
}

/** The palette has some of them for every run, and knows by it which they are. */
function offerId({ leads }: RunAction): string {
  if (typeof leads === 'string') return leads
  return leads.kind === 'document' ? leads.action : leads.kind
}

function subjectOf({ ref, run, foreign }: RunDetail): ExportSubject {
  const { format, document, item } = ref
  if (foreign || !isNative(ref))
    return { runs: [], documents: [{ format, document, item }], checkpoints: [] }
  return { runs: [document], checkpoints: run?.checkpoints ?? [] }
}

function whileAsking(kind: string): string | null {
  return kind === 'requested' ? 'Something was just asked of the run.' : null
}
