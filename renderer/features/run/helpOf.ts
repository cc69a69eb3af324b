import { assertNever } from '../../../shared/assert.ts'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { Diagnosis, DiagnosisAction } from '../../../shared/core/diagnose/diagnosis.ts'
import { isNative } from '../../state/makeRef.ts'
import { documentRoute, runRoute, type Route } from '../../state/route.ts'
import type { IconName } from '../../ui/Icon.tsx'
import type { RunRoute } from './RunPage.tsx'

/** What a person can press at a reason; null where nothing can be done but to wait. */
export type Help = {
  readonly icon: IconName
  readonly label: string
  readonly press:
    | { readonly kind: 'go'; readonly route: Route }
    | { readonly kind: 'trust' }
    | { readonly kind: 'lock' }
    | { readonly kind: 'map' }
    | { readonly kind: 'retry' | 'decide'; readonly step: string }
  /** Why it cannot be pressed now; null when it can. */
  readonly refusal: string | null
  /** Why something else comes first than what the reason asks for. */
  readonly note?: string
}

export type HelpOptions = {
  readonly detail: RunDetail
  readonly route: RunRoute
  /** Why nothing can be written; null when it can. */
  readonly readOnly: string | null
  /** The one default of the screen: it leads on, also where something else has to come first. */
  readonly isMain?: boolean
}

export function helpOf({ action }: Diagnosis, options: HelpOptions): Help | null {
  const found = pressOf(action, options)
  if (found === null) return null
  const refusal = writes.has(action.kind) ? whyNot(action, options) : null
  if (refusal !== whyDamaged || options.isMain !== true)
    return { label: action.label, ...found, refusal }
  const repair: DiagnosisAction = { ...action, kind: 'repair', label: 'Plan a repair' }
  return {
    ...found,
    ...pressOf(repair, options),
    label: repair.label,
    refusal: null,
    note: refusal,
  }
}

const writes: ReadonlySet<DiagnosisAction['kind']> = new Set<DiagnosisAction['kind']>([
  'resume',
  'retryNow',
  'decide',
  'repair',
  'migrate',
  'breakLock',
])

function pressOf(
  { kind, label, step, run }: DiagnosisAction,
  { detail, route }: HelpOptions,
): (Pick<Help, 'icon' | 'press'> & { readonly label?: string }) | null {
  const { document } = detail.ref
  if (detail.foreign && writes.has(kind)) return pressOfForeign({ kind, label, step, run }, detail)
  switch (kind) {
    case 'resume':
      return {
        icon: 'play',
        press: go(
          detail.run?.kind === 'thread'
            ? documentRoute(detail.ref, 'resume')
            : { kind: 'resume', document, from: null, step },
        ),
      }
    case 'retryNow':
      return step === null ? null : { icon: 'refresh', press: { kind: 'retry', step } }
    case 'decide':
      return step === null
        ? null
        : { icon: 'check', label: 'Decide…', press: { kind: 'decide', step } }
    case 'repair':
      return {
        icon: 'wrench',
        press: go(
          detail.ref.format === 'unstuck'
            ? { kind: 'repair', document }
            : documentRoute(detail.ref, 'repair'),
        ),
      }
    case 'migrate':
      return { icon: 'migrate', press: go({ kind: 'migrate', document }) }
    case 'start':
      return { icon: 'play', press: go({ kind: 'start', definition: document }) }
    case 'trust':
      return { icon: 'shield', press: { kind: 'trust' } }
    case 'breakLock':
      return { icon: 'lock', press: { kind: 'lock' } }
    case 'openStep':
      return { icon: 'eye', press: go({ ...route, step, tab: 'logs' }) }
    case 'openHistory':
      return { icon: 'history', press: go({ ...route, tab: 'history' }) }
    case 'openRun':
      return typeof run === 'string'
        ? { icon: 'arrowRight', press: go(routeOfRun(run, detail)) }
        : { icon: 'file', press: go({ ...route, tab: 'raw' }) }
    case 'map':
      return { icon: 'wrench', press: { kind: 'map' } }
    case 'cleanUp':
      return { icon: 'trash', press: go({ kind: 'cleanup', tab: 'policy' }) }
    case 'upgrade':
    case 'wait':
    case 'none':
      return null
    default:
      return assertNever(kind)
  }
}

/** A run in the same document, or one of its own. */
function routeOfRun(run: string, { ref, foreign }: RunDetail): Route {
  const isInside = foreign?.items.some(({ item }) => item === run) === true
  return isInside ? { ...runRoute(ref.document, ref.format), item: run } : runRoute(run)
}

/** Another engine's state has plans of its own; its gates, locks and waits are not Unstuck's. */
function pressOfForeign(
  { kind, step }: DiagnosisAction,
  { ref }: RunDetail,
): Pick<Help, 'icon' | 'press'> | null {
  switch (kind) {
    case 'resume':
      return {
        icon: 'play',
        press: go({ ...documentRoute(ref, 'resume'), ...(step === null ? {} : { from: step }) }),
      }
    case 'repair':
      return { icon: 'wrench', press: go(documentRoute(ref, 'repair')) }
    case 'migrate':
      return { icon: 'migrate', press: go(documentRoute(ref, 'migrate')) }
    default:
      return null
  }
}

function go(route: Route): Help['press'] {
  return { kind: 'go', route }
}

function whyNot({ kind }: DiagnosisAction, { detail, readOnly }: HelpOptions): string | null {
  const { ref, archive = null, health, liveness, foreign } = detail
  if (readOnly !== null) return 'The workspace is read-only: it can be done where it is not.'
  if (archive !== null) return 'The run is archived: bring it back first.'
  if (kind === 'resume' && !foreign && !isNative(ref))
    return 'It is of an old version: migrate it first.'
  if (kind === 'resume' && health === 'damaged') return whyDamaged
  if (kind === 'resume' && liveness === 'alive')
    return 'A process still carries the run: resume it once it rests.'
  return null
}

const whyDamaged = 'The run is damaged: repair it first.'
