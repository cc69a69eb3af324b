import { useEffect, useRef } from 'react'
import { Badge } from './Badge.tsx'
import { Checkbox } from './Checkbox.tsx'
import { Icon } from './Icon.tsx'
import type { Tone } from './statusLooks.ts'
import styles from './FixList.module.css'

/** One fix: what, where, how sure, and why it is thought right. */
export type ShownFix = {
  readonly id: string
  readonly sentence: string
  readonly place: string
  readonly confidence: 'certain' | 'likely' | 'guess' | 'untrusted'
  readonly accepted: boolean
  /** False: nothing can be read without it. */
  readonly isChoice: boolean
  readonly reason: string | null
  /** What the fixes say without which it cannot be made. */
  readonly needs: readonly string[]
}

export type FixItemProps = {
  readonly fix: ShownFix
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly onChange: (isAccepted: boolean) => void
}

export function FixItem({ fix, isChosen, onChoose, onChange }: FixItemProps) {
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isChosen) item.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    <li ref={item} className={styles.fix} data-chosen={isChosen || undefined}>
      {fix.isChoice ? (
        <Checkbox
          label={fix.sentence}
          checked={fix.accepted}
          onChange={onChange}
          onFocus={onChoose}
        />
      ) : (
        <button
          type="button"
          className={styles.told}
          data-fix={fix.id}
          onFocus={onChoose}
          onClick={onChoose}
        >
          <Icon name="check" size={12} />
          <span>{fix.sentence}</span>
        </button>
      )}
      <p className={styles.place}>
        <Badge tone={tones[fix.confidence]}>{fix.confidence}</Badge> {fix.place}
        {!fix.isChoice && ' · cannot be left out'}
      </p>
      {fix.reason !== null && <p className={styles.why}>{fix.reason}</p>}
      {fix.needs.map((other) => (
        <p key={other} className={styles.why}>
          Only together with: {other}
        </p>
      ))}
    </li>
  )
}

const tones: { readonly [C in ShownFix['confidence']]: Tone } = {
  certain: 'good',
  likely: 'busy',
  guess: 'warn',
  untrusted: 'warn',
}
