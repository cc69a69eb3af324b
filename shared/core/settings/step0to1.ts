import { assertNever } from '../../assert.ts'
import type { Json } from '../../schema/json.ts'
import type { Settings0 } from '../../schema/versions/settings0.ts'

/** What a key of the old form is in the new one; no key: it has no counterpart, and the note says why. */
export type MovedSetting = {
  readonly from: keyof Settings0
  /** As JSON text, cut. */
  readonly value: string
  readonly to: readonly { readonly key: string; readonly value: Json }[]
  readonly note: string | null
}

/** In the order of the keys of version 1. */
export function step0to1(old: Settings0): readonly MovedSetting[] {
  const moved: MovedSetting[] = []
  const move = (from: keyof Settings0, to: { readonly [key: string]: Json }, note?: string) =>
    moved.push({
      from,
      value: JSON.stringify(old[from]).slice(0, 200),
      to: Object.entries(to).map(([key, value]) => ({ key, value })),
      note: note ?? null,
    })
  if (old.enabled !== undefined) move('enabled', { 'persistence.enabled': old.enabled })
  if (old.storage_location !== undefined)
    move('storage_location', {}, 'The state lies in the folder that is opened.')
  if (old.format !== undefined) move('format', { 'persistence.format': formatOf(old) })
  if (old.compression !== undefined)
    move(
      'compression',
      old.format === undefined ? { 'persistence.format': formatOf(old) } : {},
      noteOfCompression,
    )
  const isByHand = old.checkpoint_enabled === false
  if (old.checkpoint_enabled !== undefined)
    move(
      'checkpoint_enabled',
      isByHand ? { 'checkpoint.frequency': 'manual' } : {},
      noteOfCheckpoints,
    )
  if (old.checkpoint_frequency !== undefined)
    move(
      'checkpoint_frequency',
      isByHand ? {} : { 'checkpoint.frequency': old.checkpoint_frequency },
      isByHand ? 'Checkpoints were off, which is the frequency manual.' : undefined,
    )
  if (old.checkpoint_interval !== undefined)
    move('checkpoint_interval', { 'checkpoint.interval': old.checkpoint_interval })
  const isOff = old.cleanup_enabled === false
  if (old.cleanup_enabled !== undefined)
    move(
      'cleanup_enabled',
      isOff ? { 'cleanup.schedule': 'off' } : {},
      'The schedule alone says whether a host cleans up.',
    )
  if (old.retention_days !== undefined) move('retention_days', daysOf(old.retention_days))
  if (old.max_states_per_workflow !== undefined)
    move('max_states_per_workflow', {
      'cleanup.retention.maxRunsPerWorkflow': old.max_states_per_workflow,
    })
  if (old.max_size_mb !== undefined)
    move('max_size_mb', {
      'cleanup.retention.maxBytes':
        old.max_size_mb === null ? null : Math.round(old.max_size_mb * 1024 * 1024),
    })
  if (old.cleanup_schedule !== undefined) {
    const { schedule, note } = scheduleOf(old.cleanup_schedule)
    if (isOff) move('cleanup_schedule', {}, 'Cleaning up was off.')
    else move('cleanup_schedule', { 'cleanup.schedule': schedule }, note)
  }
  return moved
}

const noteOfCompression = 'Compressed heads and journals are the format json+zstd.'
const noteOfCheckpoints = 'Checkpoints that are off are the frequency manual.'

function formatOf({ format, compression }: Settings0): 'json' | 'json+zstd' {
  return compression === true || format === 'json_gzip' ? 'json+zstd' : 'json'
}

function daysOf(days: number | null): { readonly [key: string]: Json } {
  return {
    'cleanup.retention.days.completed': days,
    'cleanup.retention.days.failed': days,
    'cleanup.retention.days.cancelled': days,
  }
}

/** What has no counterpart becomes off: nothing is cleaned up that nobody asked for. */
function scheduleOf(schedule: NonNullable<Settings0['cleanup_schedule']>): {
  readonly schedule: 'off' | 'daily' | 'weekly'
  readonly note?: string
} {
  switch (schedule) {
    case 'daily':
    case 'weekly':
      return { schedule }
    case 'manual':
      return { schedule: 'off' }
    case 'monthly':
    case 'on_startup':
      return {
        schedule: 'off',
        note: `"${schedule}" has no counterpart: it is off until you choose hourly, daily or weekly.`,
      }
    default:
      return assertNever(schedule)
  }
}
