import type { RepairFix } from '../../../shared/core/repair/repairPlan.ts'
import { useEffect, useRef } from 'react'
import { useMask } from '../../state/useMask.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import type { Tone } from '../../ui/statusLooks.ts'
import styles from './FixesPane.module.css'

export type FixItemProps = {
  readonly fix: RepairFix
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly onChange: (isAccepted: boolean) => void
}

/** One fix: what, where, how sure, and why it is thought right. */
export function FixItem({ fix, isChosen, onChoose, onChange }: FixItemProps) {
  const mask = useMask()
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isChosen) item.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    <li ref={item} className={styles.fix} data-chosen={isChosen || undefined}>
      <Checkbox
        label={mask.text(fix.sentence)}
        checked={fix.accepted}
        onChange={onChange}
        onFocus={onChoose}
      />
      <p className={styles.place}>
        <Badge tone={tones[fix.confidence]}>{fix.confidence}</Badge> {placeOf(fix)}
      </p>
      {fix.reason !== null && <p className={styles.why}>{mask.text(fix.reason)}</p>}
      {fix.needs.length > 0 && <p className={styles.why}>Needs {fix.needs.join(', ')}.</p>}
    </li>
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
