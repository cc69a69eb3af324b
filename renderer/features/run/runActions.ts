import type { RunDetail } from '../../../shared/contract/runs.ts'
import { isNative } from '../../state/makeRef.ts'
import { documentRoute, type Route } from '../../state/route.ts'
import type { IconName } from '../../ui/Icon.tsx'

/** What a run can be asked for at once. */
export type RunRequest =
  | 'checkpoint'
  | 'annotate'
  | 'archive'
  | 'bring back'
  | 'export'
  | 'pause'
  | 'cancel'
  | 'take'

export type RunAction = {
  readonly label: string
  readonly icon: IconName
  /** Why it cannot be done now; null when it can. */
  readonly disabled: string | null
  /** Where it leads: to a plan that is shown first, or to what is asked of the run. */
  readonly leads: Route | RunRequest
}

/**
 * Everything that can be done with a run, what cannot with its reason: first the one that is safe and helps most, then the
 * others. `readOnly` says why nothing can be written; null when it can. A run of an opened bundle is gone on with elsewhere.
 */
export function runActions(
  detail: RunDetail,
  readOnly: string | null,
  { isBundle = false }: { readonly isBundle?: boolean } = {},
): readonly RunAction[] {
  const taken = isBundle ? [takeAction] : []
  const all = [...taken, ...leadsOf(detail), ...requestsOf(detail)].map(
    ({ isWrite, ...action }) => ({
      ...action,
      disabled: action.disabled ?? (isWrite ? readOnly : null),
    }),
  )
  const wanted = isBundle ? 'take' : firstOf(detail)
  const isFirst = ({ leads, disabled }: RunAction) =>
    disabled === null && (wanted === null ? typeof leads !== 'string' : leads === wanted)
  const first = all.find(isFirst)
  return first === undefined ? all : [first, ...all.filter((action) => action !== first)]
}

const takeAction: Described = {
  label: 'Import, or fork…',
  icon: 'plus',
  isWrite: false,
  disabled: null,
  leads: 'take',
}

/** What is carried is paused, what is in the archive is brought back, else a plan is shown or something is only looked at. */
function firstOf({ liveness, archive = null, ref }: RunDetail): RunRequest | null {
  if (liveness === 'alive' && isNative(ref)) return 'pause'
  return archive === null ? null : 'bring back'
}

type Described = RunAction & { readonly isWrite: boolean }

function leadsOf(detail: RunDetail): readonly Described[] {
  const { ref, run, health } = detail
  const { document } = ref
  if (detail.foreign) return foreignLeads(detail)
  const isCompleted = run?.status === 'completed'
  // Only the program of its graph goes on with a thread.
  const isByProgram = run?.kind === 'thread' && !isCompleted
  const first = run?.checkpoints.at(0)?.id ?? null
  return [
    {
      label: isCompleted ? 'Fork…' : 'Resume…',
      icon: 'play',
      isWrite: true,
      disabled: whyNotResumed(detail),
      // What is completed has nothing left to run as it is now: its fork begins at the first checkpoint.
      leads: isByProgram
        ? documentRoute(ref, 'resume')
        : { kind: 'resume', document, from: isCompleted ? first : null, step: null },
    },
    {
      label: 'Repair…',
      icon: 'wrench',
      isWrite: true,
      disabled: archived(detail) ?? (isFlawed(detail) ? null : 'It is not damaged.'),
      leads: ref.format === 'unstuck' ? { kind: 'repair', document } : documentRoute(ref, 'repair'),
    },
    {
      label: 'Migrate…',
      icon: 'migrate',
      isWrite: true,
      disabled:
        otherEngine(detail) ?? (health === 'old-version' ? null : 'It is of no old version.'),
      leads: { kind: 'migrate', document },
    },
    compareLead(detail),
  ]
}

/** Its first checkpoint beside how it is now. */
function compareLead({ ref: { document, format }, run }: RunDetail): Described {
  return {
    label: 'Compare…',
    icon: 'compare',
    isWrite: false,
    disabled: run === null ? unreadable : null,
    leads: {
      kind: 'compare',
      left: { document, format, checkpoint: run?.checkpoints.at(0)?.id ?? null },
      right: { document, format, checkpoint: null },
    },
  }
}

/** Whole files may contradict themselves: then there are repairs of the state. */
function isFlawed({ health, findings }: RunDetail): boolean {
  return health === 'damaged' || findings.some(({ severity }) => severity === 'error')
}

/** What can be planned for another engine's state. */
function foreignLeads(detail: RunDetail): readonly Described[] {
  const { ref, run, health, foreign: facts } = detail
  const isOld = health === 'old-version' || facts?.isOld === true
  const isSound =
    facts?.guesses !== undefined
      ? 'No engine is known for it: it is looked at, compared and edited here.'
      : health === 'damaged'
        ? 'It is damaged: repair it first.'
        : isOld
          ? 'It is of an old version: migrate it first.'
          : run === null
            ? unreadable
            : facts?.role === 'part'
              ? 'It belongs to the state of another row: do it there.'
              : null
  const all = [
    {
      action: 'resume',
      label: 'Resume…',
      icon: 'play',
      disabled:
        isSound ??
        (run?.status === 'completed' ? 'It is completed: nothing is left to run.' : null),
    },
    {
      action: 'repair',
      label: 'Repair…',
      icon: 'wrench',
      disabled: health === 'damaged' ? null : 'It is not damaged.',
    },
    {
      action: 'migrate',
      label: 'Migrate…',
      icon: 'migrate',
      disabled: isOld ? null : 'It is of no old version.',
    },
    { action: 'import', label: 'Import as a run…', icon: 'plus', disabled: isSound },
  ] as const
  return [
    ...all.map(({ action, ...rest }) => ({
      ...rest,
      isWrite: true,
      leads: documentRoute(ref, action),
    })),
    compareLead(detail),
  ]
}

function requestsOf(detail: RunDetail): readonly Described[] {
  const isArchived = archived(detail) !== null
  const notCarried =
    detail.liveness === 'alive' ? foreign(detail) : 'Nobody carries it: nothing is to be stopped.'
  return [
    {
      label: 'Make a checkpoint…',
      icon: 'flag',
      isWrite: true,
      disabled: notSound(detail),
      leads: 'checkpoint',
    },
    {
      label: 'Annotate…',
      icon: 'tag',
      isWrite: true,
      disabled: notSound(detail),
      leads: 'annotate',
    },
    isArchived
      ? { label: 'Bring back', icon: 'archive', isWrite: true, disabled: null, leads: 'bring back' }
      : {
          label: 'Archive…',
          icon: 'archive',
          isWrite: true,
          disabled: whyNotArchived(detail),
          leads: 'archive',
        },
    {
      label: 'Export…',
      icon: 'external',
      isWrite: false,
      disabled: whyNotExported(detail),
      leads: 'export',
    },
    { label: 'Pause', icon: 'pause', isWrite: true, disabled: notCarried, leads: 'pause' },
    { label: 'Cancel run…', icon: 'ban', isWrite: true, disabled: notCarried, leads: 'cancel' },
  ]
}

const unreadable = 'Nothing of it can be read as a run.'

function whyNotResumed(detail: RunDetail): string | null {
  return notSound(detail) ?? (detail.liveness === 'alive' ? 'A process carries it.' : null)
}

/** Only a sound run of Unstuck that is not in the archive is written. */
function notSound(detail: RunDetail): string | null {
  const { health, run } = detail
  if (health === 'damaged') return foreign(detail) ?? 'It is damaged: repair it first.'
  const engine = otherEngine(detail)
  if (engine !== null) return engine
  if (health === 'old-version') return 'It is of an old version: migrate it first.'
  return (
    foreign(detail) ?? archived(detail) ?? (run === null || health !== 'ok' ? unreadable : null)
  )
}

function whyNotArchived(detail: RunDetail): string | null {
  const { run, liveness, holder } = detail
  const problem = notSound(detail)
  if (problem !== null) return problem
  const isAtRest = liveness !== 'alive' && holder === null && restful.has(run?.status ?? '')
  return isAtRest ? null : 'Only a run at rest that nobody holds is archived.'
}

/** Checkpoints, the archive and orders are of Unstuck's own runs. */
function otherEngine({ foreign: facts }: RunDetail): string | null {
  return facts ? `It is of ${facts.engine}: that is only for Unstuck’s own runs.` : null
}

function foreign(detail: RunDetail): string | null {
  const { ref } = detail
  const engine = otherEngine(detail)
  if (engine !== null) return engine
  return isNative(ref) ? null : 'Only for runs in Unstuck’s own format.'
}

/** Of a document that no engine is known for there is no more than its bytes. */
function whyNotExported({ ref, foreign: facts }: RunDetail): string | null {
  if (isNative(ref) || facts) return null
  return 'It is a file of no known engine: pass that file on, or migrate it first.'
}

function archived({ archive = null }: RunDetail): string | null {
  return archive === null ? null : 'Bring it back from the archive first.'
}

const restful: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled', 'paused'])

/** Null: a pin, a note and the like can be recorded in it. */
export function whyNotAnnotated(detail: RunDetail, readOnly: string | null): string | null {
  return notSound(detail) ?? readOnly
}
