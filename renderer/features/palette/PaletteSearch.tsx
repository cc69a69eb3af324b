import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import { exportActions } from '../../state/exportActions.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { useNotify } from '../../state/useNotify.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { ChoiceList, type Choice } from '../../ui/ChoiceList.tsx'
import { actionEntries } from './actionEntries.ts'
import { commandEntries } from './commandEntries.ts'
import { linkTo } from './linkTo.ts'
import { isNamed, matching, type PaletteEntry } from './paletteEntry.ts'
import { createPaletteStore } from './paletteStore.ts'
import { placeEntries } from './offerEntries.ts'
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
  const offers = stores.offers.all()
  const actions = actionEntries({
    offers: offers.filter(({ kind }) => kind === 'action'),
    step,
    askStep: (kind) => step !== null && edits.ask({ document, step, kind }),
    staged: edits.runs[document]?.edits.length ?? 0,
    subject,
    workspace,
    go,
    copy,
    link: linkTo(route, window),
    createSample: () => void createSample(),
    exportRun: (run, kind) => exportActions(stores).begin({ runs: [run], checkpoints: [] }, kind),
    exportDocument: ({ item = null, ...named }) =>
      exportActions(stores).begin({
        runs: [],
        documents: [{ ...named, item }],
        checkpoints: [],
      }),
    importBundle: stores.bundleImport.getState().ask,
    importInto: stores.bundleImport.getState().askInto,
    showsSecrets,
    showSecrets: setShowsSecrets,
  })
  const found = runs.kind === 'ready' ? runEntries(runs.value, go) : []
  const isEmpty = text.trim() === ''
  const runsFound = { title: 'Runs', entries: isEmpty ? found.slice(0, 5) : found }
  const actionsFound = { title: 'Actions', entries: matching(actions, text) }
  // Before anything is typed, what can be done with the run that is looked at is meant more often than another run.
  const isAboutRun = isEmpty && subject !== null
  const groups = [
    ...(isAboutRun ? [possibleFirst(actionsFound), runsFound] : [runsFound]),
    { title: 'In this run', entries: placeEntries({ offers, route, go, text }) },
    ...(isAboutRun ? [] : [actionsFound]),
    { title: 'Screens', entries: matching(screenEntries(go), text) },
    { title: 'Command lines', entries: matching(commandEntries({ subject, route, copy }), text) },
  ].filter((group) => group.entries.length > 0)
  const entryOf = (id: string | null) =>
    groups.flatMap(({ entries }) => entries).find((entry) => entry.id === id)
  const choose = (entry: PaletteEntry | undefined) => {
    if (entry === undefined || entry.disabled !== null) return
    onClose()
    entry.run()
  }
  /** A run may be meant that is not found yet: what merely holds its id in a note stands in for it only where there is none. */
  const enter = (id: string | null) => {
    const first = entryOf(id)
    if (isAnswered || (first !== undefined && isNamed(first, text))) choose(first)
    else whenFound((rows) => choose(runEntries(rows, go)[0] ?? first))
  }
  const problem = runs.kind === 'failed' ? runs.error : runs.kind === 'ready' ? runs.problem : null
  const nothing = groups.length === 0 ? `Nothing fits “${text}”.` : null
  return (
    <ChoiceList
      label="Find a run, a screen or an action"
      text={text}
      groups={groups.map(({ title, entries }) => ({ title, choices: entries.map(choiceOf) }))}
      status={
        statusOf({ problem: problem?.message ?? null, isLoading: runs.kind === 'loading' }) ??
        nothing
      }
      onRetry={problem === null ? undefined : retry}
      onText={type}
      onChoose={(id) => choose(entryOf(id))}
      onEnter={enter}
    />
  )
}

function possibleFirst<Group extends { readonly entries: readonly PaletteEntry[] }>(group: Group) {
  const [possible, others] = [true, false].map((is) =>
    group.entries.filter(({ disabled }) => (disabled === null) === is),
  )
  return { ...group, entries: [...(possible ?? []), ...(others ?? [])] }
}

function choiceOf({ id, icon, title, note, disabled }: PaletteEntry): Choice {
  return { id, icon, label: title, note: disabled ?? note, isDisabled: disabled !== null }
}

function statusOf(facts: { readonly problem: string | null; readonly isLoading: boolean }) {
  if (facts.problem !== null) return `Runs could not be searched. ${facts.problem}`
  return facts.isLoading ? 'Searching runs…' : null
}

function afterDelay(work: () => void, delayMs: number): () => void {
  const timer = setTimeout(work, delayMs)
  return () => clearTimeout(timer)
}
