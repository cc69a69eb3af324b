import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { StepEdit } from '../../../shared/core/edit/edit.ts'
import { foreignFormatIds } from '../../../shared/core/formats/format.ts'
import type { FormatId } from '../../../shared/schema/format.ts'
import { documentRoute, runRoute, type DocumentActionName, type Route } from '../../state/route.ts'
import type { ExportKind } from '../../state/exportStore.ts'
import type { Offer } from '../../state/offers.ts'
import { offerEntry } from './offerEntries.ts'
import type { PaletteEntry } from './paletteEntry.ts'

export type PaletteSubject = {
  readonly document: string
  readonly format: FormatId
  /** One of the states in a document of another engine. */
  readonly item?: string | null
}

export type ActionFacts = {
  /** The run that is open, or the one that is selected in the list; null when there is neither. */
  readonly subject: PaletteSubject | null
  readonly workspace: Workspace | null
  readonly go: (route: Route) => void
  readonly copy: (text: string) => void
  /** Address of what is shown, for others to open. */
  readonly link: string
  readonly createSample: () => void
  readonly exportRun: (document: string, kind?: ExportKind) => void
  /** State of another engine. */
  readonly exportDocument: (subject: PaletteSubject) => void
  readonly importBundle: () => void
  /** Of an opened bundle: into another workspace; null: all of its runs. */
  readonly importInto: (run: string | null) => void
  /** The step that is selected in the run that is open; null: none. */
  readonly step: string | null
  readonly askStep: (kind: StepEdit['kind']) => void
  /** How many edits of the run are staged. */
  readonly staged: number
  /** What the page that is shown can do with its run. */
  readonly offers: readonly Offer[]
  readonly showsSecrets: boolean
  readonly showSecrets: (shows: boolean) => void
}

/** What can be done with a run; what cannot says why, and whoever shows the run knows that best. */
export function actionEntries(facts: ActionFacts): readonly PaletteEntry[] {
  const whyNot = new Map(facts.offers.map(({ id, disabled }) => [id, disabled]))
  return entriesOf(facts).map((entry) => ({
    ...entry,
    disabled: entry.disabled ?? whyNot.get(entry.id) ?? null,
  }))
}

/** Those that are here for every run, also for one that is only selected in the list. */
const known: ReadonlySet<string> = new Set([
  'resume',
  'repair',
  'migrate',
  'import',
  'bundle',
  'export',
  'compare',
])

function entriesOf(facts: ActionFacts): readonly PaletteEntry[] {
  const { subject, workspace, go, copy, link, createSample, staged, offers } = facts
  const document = subject?.document ?? ''
  const isBundle = (workspace?.bundle ?? null) !== null
  const noRun = subject === null ? 'Open or select a run first.' : null
  const notNative =
    noRun ?? (subject?.format === 'unstuck' ? null : 'Only for Unstuck’s own format.')
  const foreign = subject !== null && isForeign(subject.format) ? subject : null
  const notKnown = foreign === null ? notNative : null
  const notOld =
    noRun ?? (foreign !== null || isOldVersion(subject?.format) ? null : 'It is no old document.')
  return [
    {
      id: 'resume',
      title: 'Resume this run…',
      note: subject?.document ?? null,
      icon: 'play',
      disabled: notKnown,
      run: () =>
        go(
          foreign === null
            ? { kind: 'resume', document, from: null, step: null }
            : routeOf(foreign, 'resume'),
        ),
    },
    {
      id: 'edit',
      title: 'Edit the state of this run…',
      note: subject?.document ?? null,
      icon: 'list',
      disabled: notKnown,
      run: () => go({ ...runRoute(document, foreign?.format), tab: 'state' }),
    },
    {
      id: 'edit-preview',
      title: 'Preview the staged edits…',
      note: subject?.document ?? null,
      icon: 'compare',
      disabled: noRun ?? (staged === 0 ? 'Nothing is staged for this run.' : null),
      run: () => go(foreign === null ? { kind: 'edit', document } : routeOf(foreign, 'edit')),
    },
    ...stepEntries(facts, notNative),
    {
      id: 'repair',
      title: 'Repair this run…',
      note: subject?.document ?? null,
      icon: 'wrench',
      disabled: notKnown,
      run: () => go(foreign === null ? { kind: 'repair', document } : routeOf(foreign, 'repair')),
    },
    {
      id: 'migrate',
      title: 'Migrate this document…',
      note: subject?.document ?? null,
      icon: 'migrate',
      disabled: notOld,
      run: () => go(foreign === null ? { kind: 'migrate', document } : routeOf(foreign, 'migrate')),
    },
    {
      id: 'import',
      title: 'Import as a run of Unstuck…',
      note: subject?.document ?? null,
      icon: 'plus',
      disabled: noRun ?? (foreign === null ? 'It is no state of another engine.' : null),
      run: () => foreign !== null && go(routeOf(foreign, 'import')),
    },
    {
      id: 'export',
      title: 'Export this run…',
      note: subject?.document ?? null,
      icon: 'external',
      disabled: notKnown,
      run: () => (foreign === null ? facts.exportRun(document) : facts.exportDocument(foreign)),
    },
    {
      id: 'bundle',
      title: 'Export this run as a bundle…',
      note: subject?.document ?? null,
      icon: 'external',
      disabled: notNative,
      run: () => facts.exportRun(document, 'bundle'),
    },
    {
      id: 'import-bundle',
      title: isBundle ? 'Import runs of this bundle…' : 'Import runs from a bundle…',
      note: isBundle ? 'into a workspace of this machine' : 'a file that ends in .unstuck',
      icon: 'plus',
      disabled: isBundle || workspace?.writable === true ? null : readOnly(workspace),
      run: isBundle ? () => facts.importInto(null) : facts.importBundle,
    },
    {
      id: 'compare',
      title: 'Compare this run with…',
      note: subject?.document ?? null,
      icon: 'compare',
      disabled: noRun,
      run: () =>
        go({
          kind: 'compare',
          left: { document, format: subject?.format ?? 'unstuck', checkpoint: null },
          right: null,
        }),
    },
    ...offers.filter(({ id }) => !known.has(id)).map(offerEntry),
    {
      id: 'start',
      title: 'Start a workflow…',
      note: null,
      icon: 'play',
      disabled: workspace?.writable === true ? null : readOnly(workspace),
      run: () => go({ kind: 'start', definition: null }),
    },
    {
      id: 'copy-id',
      title: 'Copy the run id',
      note: subject?.document ?? null,
      icon: 'copy',
      disabled: noRun,
      run: () => copy(document),
    },
    {
      id: 'copy-link',
      title: 'Copy a link to this view',
      note: link,
      icon: 'copy',
      disabled: null,
      run: () => copy(link),
    },
    {
      id: 'secrets',
      title: facts.showsSecrets ? 'Hide secrets' : 'Show secrets',
      note: facts.showsSecrets ? 'shown until then' : 'until the window is closed',
      icon: facts.showsSecrets ? 'eyeOff' : 'eye',
      disabled: null,
      run: () => facts.showSecrets(!facts.showsSecrets),
    },
    {
      id: 'sample',
      title: 'Create the sample workspace',
      note: null,
      icon: 'plus',
      disabled: workspace?.writable === true ? null : readOnly(workspace),
      run: createSample,
    },
  ]
}

/** What a person may say of the selected step. */
function stepEntries(
  { step, askStep, workspace }: ActionFacts,
  notNative: string | null,
): readonly PaletteEntry[] {
  const why =
    notNative ??
    (workspace?.writable === true ? null : readOnly(workspace)) ??
    (step === null ? 'Open a run and select a step first.' : null)
  return stepActions.map(({ kind, title }) => ({
    id: `step-${kind}`,
    title,
    note: step,
    icon: 'check',
    disabled: why,
    run: () => askStep(kind),
  }))
}

const stepActions = [
  { kind: 'succeed', title: 'Mark the step succeeded…' },
  { kind: 'fail', title: 'Mark the step failed…' },
  { kind: 'skip', title: 'Skip the step…' },
  { kind: 'reset', title: 'Reset the step…' },
] as const

function readOnly(workspace: Workspace | null): string {
  return workspace?.readOnlyReason ?? 'It is read-only.'
}

function isOldVersion(format: FormatId | undefined): boolean {
  return format === 'unstuck-v1' || format === 'unstuck-v2'
}

const foreignIds: ReadonlySet<string> = new Set(foreignFormatIds)

function isForeign(format: FormatId): boolean {
  return foreignIds.has(format)
}

function routeOf({ document, format }: PaletteSubject, action: DocumentActionName): Route {
  return documentRoute({ document, format, item: null }, action)
}
