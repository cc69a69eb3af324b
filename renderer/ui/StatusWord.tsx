import { Icon } from './Icon.tsx'
import { statusLook } from './statusLooks.ts'
import styles from './StatusWord.module.css'

export type StatusWordProps = {
  readonly status: string
  /** Instead of the usual word. */
  readonly word?: string | undefined
  readonly size?: 's' | 'm' | 'l'
  /** A tinted pill instead of plain text. */
  readonly pill?: boolean
}

/** A status as icon, word and colour: never by colour alone. */
export function StatusWord({ status, word, size = 'm', pill = false }: StatusWordProps) {
  const look = statusLook(status)
  return (
    <span
      className={styles.status}
      data-status={status}
      data-tone={look.tone}
      data-size={size}
      data-pill={pill}
    >
      <Icon name={look.icon} size={size === 'l' ? 16 : 14} spin={look.spin ?? false} />
      <span title={word ?? look.word}>{word ?? look.word}</span>
    </span>
  )
}
