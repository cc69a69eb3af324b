import type { IconName } from './Icon.tsx'

export type Tone = 'bad' | 'warn' | 'good' | 'busy' | 'wait' | 'neutral'
export type StatusLook = {
  readonly word: string
  readonly icon: IconName
  readonly tone: Tone
  readonly spin?: boolean
}

/** How every status word of Unstuck looks. A word that is not here is shown as it is. */
const looks: { readonly [status: string]: StatusLook } = {
  // runs and steps
  pending: { word: 'Pending', icon: 'circleDashed', tone: 'neutral' },
  running: { word: 'Running', icon: 'spinner', tone: 'busy', spin: true },
  waiting: { word: 'Waiting', icon: 'clock', tone: 'wait' },
  paused: { word: 'Paused', icon: 'pause', tone: 'wait' },
  failed: { word: 'Failed', icon: 'cross', tone: 'bad' },
  completed: { word: 'Completed', icon: 'checkCircle', tone: 'good' },
  succeeded: { word: 'Succeeded', icon: 'checkCircle', tone: 'good' },
  skipped: { word: 'Skipped', icon: 'skip', tone: 'neutral' },
  cancelled: { word: 'Cancelled', icon: 'ban', tone: 'neutral' },
  'not-defined': { word: 'Not in the definition', icon: 'help', tone: 'bad' },
  // liveness
  interrupted: { word: 'Interrupted', icon: 'bolt', tone: 'bad' },
  'in-doubt': { word: 'In doubt', icon: 'help', tone: 'warn' },
  'said-to-be-running': { word: 'Said running', icon: 'help', tone: 'warn' },
  // health of a file
  ok: { word: 'OK', icon: 'check', tone: 'good' },
  damaged: { word: 'Damaged', icon: 'broken', tone: 'bad' },
  'old-version': { word: 'Old version', icon: 'migrate', tone: 'warn' },
  'newer-version': { word: 'Newer version', icon: 'lock', tone: 'warn' },
  'not-yet-readable': { word: 'Foreign format', icon: 'file', tone: 'neutral' },
  definition: { word: 'Definition', icon: 'file', tone: 'neutral' },
  part: { word: 'Part of a run', icon: 'file', tone: 'neutral' },
  unknown: { word: 'Unknown', icon: 'help', tone: 'neutral' },
  empty: { word: 'Empty file', icon: 'file', tone: 'neutral' },
  temporary: { word: 'Left-over temporary', icon: 'file', tone: 'warn' },
  unreadable: { word: 'Unreadable', icon: 'lock', tone: 'bad' },
  // severity of a diagnosis or a finding
  stuck: { word: 'Stuck', icon: 'alert', tone: 'bad' },
  attention: { word: 'Needs attention', icon: 'alert', tone: 'warn' },
  moving: { word: 'Moving', icon: 'play', tone: 'busy' },
  resting: { word: 'At rest', icon: 'check', tone: 'good' },
  error: { word: 'Error', icon: 'cross', tone: 'bad' },
  warning: { word: 'Warning', icon: 'alert', tone: 'warn' },
  info: { word: 'Note', icon: 'info', tone: 'busy' },
  // what a plan does with a step, and what came of an item
  reuse: { word: 'Reuse', icon: 'checkCircle', tone: 'good' },
  run: { word: 'Run', icon: 'play', tone: 'busy' },
  runAgain: { word: 'Run again', icon: 'refresh', tone: 'warn' },
  skip: { word: 'Skip', icon: 'skip', tone: 'neutral' },
  ask: { word: 'Decide', icon: 'help', tone: 'warn' },
  adopt: { word: 'Adopt', icon: 'check', tone: 'good' },
  await: { word: 'Wait for', icon: 'clock', tone: 'wait' },
  blocked: { word: 'Blocked', icon: 'ban', tone: 'bad' },
  done: { word: 'Done', icon: 'checkCircle', tone: 'good' },
  stale: { word: 'Changed meanwhile', icon: 'refresh', tone: 'warn' },
  'not-reached': { word: 'Not reached', icon: 'minus', tone: 'neutral' },
  // kinds of change
  added: { word: 'Added', icon: 'plus', tone: 'good' },
  removed: { word: 'Removed', icon: 'minus', tone: 'bad' },
  changed: { word: 'Changed', icon: 'tilde', tone: 'warn' },
  moved: { word: 'Moved', icon: 'arrowRight', tone: 'wait' },
}

export function statusLook(status: string): StatusLook {
  return looks[status] ?? { word: status, icon: 'circle', tone: 'neutral' }
}
