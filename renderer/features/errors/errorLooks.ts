import type { ErrorState, TryOutcome } from '../../../shared/schema/errorGroup.ts'
import type { IconName } from '../../ui/Icon.tsx'
import type { Tone } from '../../ui/statusLooks.ts'

type Look = { readonly word: string; readonly icon: IconName; readonly tone: Tone }

export const errorLooks = {
  open: { word: 'Open', icon: 'cross', tone: 'bad' },
  resolved: { word: 'Resolved', icon: 'checkCircle', tone: 'good' },
  muted: { word: 'Muted', icon: 'eye', tone: 'neutral' },
} as const satisfies Record<ErrorState, Look>

/** The status whose look an outcome has, and its own words. */
export const outcomeLooks = {
  past: { status: 'succeeded', word: 'Got past it' },
  same: { status: 'failed', word: 'Failed alike again' },
  other: { status: 'failed', word: 'Failed otherwise' },
  going: { status: 'running', word: 'Under way' },
  rests: { status: 'paused', word: 'Stopped before' },
  none: { status: 'not-reached', word: 'Nothing came of it yet' },
  unknown: { status: 'unknown', word: 'Cannot be read' },
} as const satisfies Record<TryOutcome, { readonly status: string; readonly word: string }>
