import type { DocumentPlan } from '../../../shared/contract/documents.ts'
import { useMask } from '../../state/useMask.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import type { Tone } from '../../ui/statusLooks.ts'
import styles from './PlanScreen.module.css'

type Item = NonNullable<DocumentPlan['items']>[number]

export type RepairItemsProps = {
  readonly items: readonly Item[]
  readonly onChange: (item: Item, isAccepted: boolean) => void
}

/** Of what is read out of a damaged document every single thing that is set right: what, where, how sure. */
export function RepairItems({ items, onChange }: RepairItemsProps) {
  const mask = useMask()
  if (items.length === 0) return null
  const accepted = items.filter(({ isAccepted }) => isAccepted).length
  return (
    <section className={styles.items} aria-label="Fixes">
      <h2>
        Fixes: {accepted} of {items.length} accepted
      </h2>
      <ul className={styles.items}>
        {items.map((item) => (
          <li key={item.id} className={styles.choice}>
            <Checkbox
              label={mask.text(item.sentence)}
              checked={item.isAccepted}
              disabled={!item.isChoice}
              onChange={(isAccepted) => onChange(item, isAccepted)}
            />
            <span className={styles.quiet}>
              <Badge tone={tones[item.confidence]}>{item.confidence}</Badge> line {item.line},
              column {item.column}
              {item.pointer === null || item.pointer === '' ? '' : ` · ${item.pointer}`}
              {item.isChoice ? '' : ' · cannot be left out'}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const tones: { readonly [C in Item['confidence']]: Tone } = {
  certain: 'good',
  likely: 'busy',
  guess: 'warn',
}
