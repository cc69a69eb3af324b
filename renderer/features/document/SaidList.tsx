import { useMask } from '../../state/useMask.ts'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import type { Tone } from '../../ui/statusLooks.ts'
import styles from './PlanScreen.module.css'

export type SaidListProps = {
  readonly title: string
  readonly tone: Tone
  readonly sentences: readonly string[]
}

/** What a plan says: what forbids it, what to mind, what else to know. */
export function SaidList({ title, tone, sentences }: SaidListProps) {
  const mask = useMask()
  if (sentences.length === 0) return null
  return (
    <section className={styles.said} aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      <ul className={styles.list}>
        {sentences.map((sentence) => (
          <li key={sentence} className={styles.sentence} data-tone={tone}>
            <Icon name={icons[tone] ?? 'info'} size={12} />
            <span>{mask.text(sentence)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const icons: { readonly [T in Tone]?: IconName } = { bad: 'ban', warn: 'alert' }
