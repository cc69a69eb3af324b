import type { RepairFix } from '../../../shared/core/repair/repairPlan.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import type { Tone } from '../../ui/statusLooks.ts'
import styles from './FixesPane.module.css'

export type FixListProps = {
  readonly fixes: readonly RepairFix[]
  readonly onAccept: (fix: string) => void
  readonly onReject: (fix: string) => void
}

/** The fixes one by one: what, where, how sure; each is accepted or rejected. */
export function FixList({ fixes, onAccept, onReject }: FixListProps) {
  if (fixes.length === 0) return null
  return (
    <section className={styles.group} aria-label="Fixes">
      <h2 className={styles.heading}>Fixes</h2>
      <ul className={styles.list}>
        {fixes.map((fix) => (
          <li key={fix.id} className={styles.fix}>
            <Checkbox
              label={fix.sentence}
              checked={fix.accepted}
              onChange={(isAccepted) => (isAccepted ? onAccept : onReject)(fix.id)}
            />
            <p className={styles.place}>
              <Badge tone={tones[fix.confidence]}>{fix.confidence}</Badge> {placeOf(fix)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

const tones: { readonly [C in RepairFix['confidence']]: Tone } = {
  certain: 'good',
  likely: 'busy',
  untrusted: 'warn',
}

function placeOf({ file, line, column, offset, pointer }: RepairFix): string {
  const parts = [
    file,
    line === null ? null : `line ${line}${column === null ? '' : `, column ${column}`}`,
    line === null && offset !== null ? `byte ${offset}` : null,
    pointer,
  ]
  return parts.filter((part) => part !== null && part !== '').join(' · ')
}
