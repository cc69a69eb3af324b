import type { ScheduledCleanup } from '../../../shared/contract/cleanup.ts'
import { Banner } from '../../ui/Banner.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { TimeText } from '../../ui/TimeText.tsx'

export type LastScheduledProps = { readonly last: ScheduledCleanup | null }

/** What a host did by itself last. */
export function LastScheduled({ last }: LastScheduledProps) {
  if (last === null) return null
  const { startedAt, endedAt, host, done, left, freedBytes, problem } = last
  const isWell = problem === null && left === 0
  return (
    <Banner tone={isWell ? 'good' : 'warn'} icon={isWell ? 'check' : 'alert'}>
      By schedule, <TimeText at={startedAt} />, on {host}: {done.toLocaleString('en')} done (
      {formatBytes(freedBytes)})
      {left > 0 && `, ${left.toLocaleString('en')} left because they changed or failed`}
      {endedAt === null && ', and it has not ended'}.{' '}
      {problem !== null && `It was cut short: ${problem} `}
      The operations log has a line for each run.
    </Banner>
  )
}
