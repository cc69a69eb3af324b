import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { useNotify } from '../../state/useNotify.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { actionEntries } from './actionEntries.ts'
import { commandEntries } from './commandEntries.ts'
import { linkTo } from './linkTo.ts'
import { isNamed, matching, type PaletteEntry } from './paletteEntry.ts'
import { PaletteList } from './PaletteList.tsx'
import { createPaletteStore } from './paletteStore.ts'
import { runEntries } from './runEntries.ts'
import { screenEntries } from './screenEntries.ts'
import { subjectOf } from './subjectOf.ts'

export type PaletteSearchProps = { readonly onClose: () => void }

/** What the palette offers for what is typed, group by group. */
export function PaletteSearch({ onClose }: PaletteSearchProps) {
  const client = useClient()
  const { route, go } = useNavigation()
  const workspace = useWorkspace()
  const notify = useNotify()
  const stores = useStores()
  const { createSample } = useStore(stores.workspace)
  const { showsSecrets, setShowsSecrets } = useStore(stores.preferences)
  const subject = subjectOf(route, useStore(stores.runs))
  const { text, runs, isAnswered, type, retry, whenFound } = useStore(
    usePageStore('palette', () => createPaletteStore(client, afterDelay)),
  )

  const copy = (what: string) =>
    void navigator.clipboard.writeText(what).then(
      () => notify('done', `Copied ${what}.`),
      () => notify('error', `The clipboard refused ${what}.`),
    )
  const edits = useStore(stores.edits)
  const document = subject?.document ?? ''
  const step = route.kind === 'run' ? route.step : null
  const actions = actionEntries({
    step,
    askStep: (kind) => step !== null && edits.ask({ document, step, kind }),
    staged: edits.runs[document]?.edits.length ?? 0,
    subject,
    workspace,
    go,
    copy,
    link: linkTo(route, window),
    createSample: () => void createSample(),
    showsSecrets,
    showSecrets: setShowsSecrets,
  })
  const found = runs.kind === 'ready' ? runEntries(runs.value, go) : []
  const groups = [
    { title: 'Runs', entries: text.trim() === '' ? found.slice(0, 5) : found },
    { title: 'Actions', entries: matching(actions, text) },
    { title: 'Screens', entries: matching(screenEntries(go), text) },
    { title: 'Command lines', entries: matching(commandEntries({ subject, route, copy }), text) },
  ].filter((group) => group.entries.length > 0)
  const choose = (entry: PaletteEntry) => {
    if (entry.disabled !== null) return
    onClose()
    entry.run()
  }
  /** A run may be meant that is not found yet: what merely holds its id in a note does not stand in for it. */
  const onEnter = (active: PaletteEntry | null) => {
    if (active !== null && (isAnswered || isNamed(active, text))) return choose(active)
    whenFound((rows) => runEntries(rows, go).slice(0, 1).forEach(choose))
  }
  const problem = runs.kind === 'failed' ? runs.error : runs.kind === 'ready' ? runs.problem : null
  return (
    <PaletteList
      text={text}
      groups={groups}
      status={statusOf({ problem: problem?.message ?? null, isLoading: runs.kind === 'loading' })}
      onText={type}
      onChoose={choose}
      onRetry={problem === null ? null : retry}
      onEnter={onEnter}
    />
  )
}

function statusOf(facts: { readonly problem: string | null; readonly isLoading: boolean }) {
  if (facts.problem !== null) return `Runs could not be searched. ${facts.problem}`
  return facts.isLoading ? 'Searching runs…' : null
}

function afterDelay(work: () => void, delayMs: number): () => void {
  const timer = setTimeout(work, delayMs)
  return () => clearTimeout(timer)
}
